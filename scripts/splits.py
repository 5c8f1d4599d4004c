"""Write the identity-disjoint splits of the small data sets to Recipes/splits/.

    python3 scripts/splits.py [--data FOLDER]

Each file is a CSV `label,split` with the splits train, development and test; the rules and their reasons are in
Recipes/splits/README.md. The labels are read from the data, so that a missing or unknown label is an error here.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from support.paths import REPOSITORY, add_data_argument, data_root, data_set

Split = dict[str, str]


def orl(folder: Path) -> dict[str, Split]:
    """Four folds: test one block of ten people, develop on the first five of the next block, train on the rest."""
    expected = [f"s{number}" for number in range(1, 41)]
    check_labels(folder, expected)
    folds = {}
    for fold in range(4):
        test = range(10 * fold, 10 * fold + 10)
        first = 10 * ((fold + 1) % 4)
        development = range(first, first + 5)
        folds[f"faces_orl-{fold + 1}"] = {
            label: "test" if index in test else "development" if index in development else "train"
            for index, label in enumerate(expected)
        }
    return folds


def extended_yale_b(folder: Path) -> dict[str, Split]:
    """Train B01–B23, development B24–B28, test B29–B39; the set has no B14."""
    numbers = [number for number in range(1, 40) if number != 14]
    check_labels(folder, [f"yaleB{number:02}" for number in numbers])
    split = {
        f"yaleB{number:02}": "train" if number <= 23 else "development" if number <= 28 else "test"
        for number in numbers
    }
    return {"faces_extyaleb": split}


def omniglot(folder: Path) -> dict[str, Split]:
    """By alphabet, in name order: the first for development, the last two for test, those between for training."""
    characters = omniglot_characters(folder)
    alphabets = sorted({label.split("/")[0] for label in characters})
    part = {alphabet: "train" for alphabet in alphabets}
    part[alphabets[0]] = "development"
    part[alphabets[-2]] = part[alphabets[-1]] = "test"
    return {"omniglot_small": {label: part[label.split("/")[0]] for label in characters}}


def omniglot_characters(folder: Path) -> list[str]:
    """All characters as `Alphabet/characterNN`; alphabets in both archives must be equal byte for byte."""
    first, second = (picture_hashes(folder / f"images_background_small{number}.zip") for number in (1, 2))
    shared = {name.split("/")[0] for name in first} & {name.split("/")[0] for name in second}
    for name in sorted(first.keys() | second.keys()):
        if name.split("/")[0] in shared and first.get(name) != second.get(name):
            raise SystemExit(f"{folder}: {name} differs between the two archives, so dropping the second is wrong")
    return sorted({name.rsplit("/", 1)[0] for name in first.keys() | second.keys()})


def picture_hashes(archive: Path) -> dict[str, str]:
    """SHA-256 of every picture, keyed `Alphabet/characterNN/file`."""
    try:
        with zipfile.ZipFile(archive) as pictures:
            return {
                name.split("/", 1)[1]: hashlib.sha256(pictures.read(name)).hexdigest()
                for name in pictures.namelist() if name.endswith(".png")
            }
    except (FileNotFoundError, zipfile.BadZipFile) as error:
        raise SystemExit(f"cannot read {archive}: {error}") from error


def check_labels(folder: Path, expected: list[str]) -> None:
    found = {entry.name for entry in folder.iterdir() if entry.is_dir()}
    if found != set(expected):
        raise SystemExit(
            f"{folder}: missing {sorted(set(expected) - found)}, unexpected {sorted(found - set(expected))}")


def write(path: Path, split: Mapping[str, str]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["label", "split"])
        writer.writerows(split.items())
    counts = {part: list(split.values()).count(part) for part in ("train", "development", "test")}
    print(f"{path.name}: " + ", ".join(f"{count} {part}" for part, count in counts.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_data_argument(parser)
    root = data_root(parser.parse_args().data)
    target = REPOSITORY / "Recipes" / "splits"
    target.mkdir(parents=True, exist_ok=True)
    splits = (
        orl(data_set(root, "faces_orl"))
        | extended_yale_b(data_set(root, "faces_extyaleb"))
        | omniglot(data_set(root, "omniglot_small"))
    )
    for name, split in splits.items():
        write(target / f"{name}.csv", split)


if __name__ == "__main__":
    main()
