"""PCA and shrinkage LDA on pixels: the verification baseline of the small data sets, on the splits of Recipes/splits/.

    python3 scripts/baselines/pca_lda.py [--data FOLDER] [SPLIT ...]

A SPLIT is a name such as faces_orl-1 (default: all). PCA and LDA are fitted on the train identities. How pixels are
scaled, the number of components and the shrinkage are those with the lowest EER on the development identities (at a tie
the first of the grid). Test pairs are scored by the cosine. Prints a table; without SPLIT it also writes
Results/baseline_pca_lda.csv. Needs numpy, pillow and scikit-learn.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import re
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.paths import REPOSITORY, add_data_argument, data_root, data_set
from verification import equal_error_rate, pair_scores, true_accept_rate

STUDY = "baseline_pca_lda"
SYSTEM = "pca_lda"
SPLITS = ("faces_orl-1", "faces_orl-2", "faces_orl-3", "faces_orl-4", "faces_extyaleb", "omniglot_small")
# Width and height: half of ORL's and Extended Yale B's, about a quarter of Omniglot's.
SIZES = {"faces_orl": (46, 56), "faces_extyaleb": (42, 48), "omniglot_small": (28, 28)}
SCALINGS = ("raw", "standardised")
COMPONENTS = (20, 40, 60, 80, 100, 150, 200, 300, 500)
SHRINKAGES = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.6, 0.9)
LIGHT_LIMITS = (12, 25, 50, 77)


@dataclass(frozen=True)
class Pictures:
    """Pixels in [0, 1] as rows, with the label and the file name of each."""

    pixels: NDArray[np.float64]
    labels: NDArray[np.str_]
    names: list[str]

    def part(self, split: dict[str, str], wanted: str) -> Pictures:
        indices = [index for index, label in enumerate(self.labels) if split[label] == wanted]
        return Pictures(self.pixels[indices], self.labels[indices], [self.names[index] for index in indices])


@dataclass(frozen=True)
class Row:
    """One measured value; `trials` counts pairs, or one-shot decisions."""

    metric: str
    subset: str
    value: float
    trials: int


class Model:
    """Scaled pixels → PCA → LDA; similarity is the cosine of two embeddings."""

    def __init__(self, scaling: str, pca: PCA, components: int, shrinkage: float) -> None:
        self.scaling, self.pca, self.components, self.shrinkage = scaling, pca, components, shrinkage
        self.lda = LinearDiscriminantAnalysis(solver="eigen", shrinkage=shrinkage)

    def reduced(self, pixels: NDArray) -> NDArray:
        return self.pca.transform(scaled(pixels, self.scaling))[:, :self.components]

    def fit(self, train: Pictures) -> Model:
        self.lda.fit(self.reduced(train.pixels), train.labels)
        return self

    def __call__(self, pixels: NDArray) -> NDArray:
        return self.lda.transform(self.reduced(pixels))


def scaled(pixels: NDArray, scaling: str) -> NDArray:
    """Pixels as they are, or every picture with mean 0 and standard deviation 1."""
    if scaling == "raw":
        return pixels
    centred = pixels - pixels.mean(axis=1, keepdims=True)
    return centred / np.maximum(centred.std(axis=1, keepdims=True), 1e-6)


def chosen(train: Pictures, development: Pictures) -> tuple[Model, float]:
    """The model of the grid with the lowest EER on the development identities, and that EER."""
    best: tuple[float, Model] | None = None
    for scaling in SCALINGS:
        limit = min(*train.pixels.shape, max(COMPONENTS))
        pca = PCA(limit, svd_solver="full").fit(scaled(train.pixels, scaling))
        counts = [count for count in COMPONENTS if count <= limit]
        for components, shrinkage in itertools.product(counts, SHRINKAGES):
            model = Model(scaling, pca, components, shrinkage).fit(train)
            rate = equal_error_rate(*pair_scores(model(development.pixels), development.labels))
            if best is None or rate < best[0]:
                best = rate, model
    return best[1], best[0]


def verification(embeddings: NDArray, labels: NDArray, subset: str = "all",
                 first: NDArray | None = None, second: NDArray | None = None) -> list[Row]:
    genuine, impostor = pair_scores(embeddings, labels, first, second)
    trials = len(genuine) + len(impostor)
    return [
        Row("eer", subset, equal_error_rate(genuine, impostor), trials),
        Row("tar@far=1e-1", subset, true_accept_rate(genuine, impostor, 1e-1), trials),
        Row("tar@far=1e-2", subset, true_accept_rate(genuine, impostor, 1e-2), trials),
    ]


def by_light(embeddings: NDArray, pictures: Pictures) -> list[Row]:
    """Pairs of one picture in light subset 1 and one in subset k; the subset is that of the light's larger angle."""
    subsets = np.array([light_subset(name) for name in pictures.names])
    rows: list[Row] = []
    for subset in range(1, len(LIGHT_LIMITS) + 2):
        rows += verification(embeddings, pictures.labels, f"light-1-{subset}", subsets == 1, subsets == subset)
    return rows


def light_subset(name: str) -> int:
    match = re.search(r"A([+-]\d+)E([+-]\d+)\.png$", name)
    if match is None:
        raise SystemExit(f"{name}: no light direction A<azimuth>E<elevation> in the file name")
    angle = max(abs(int(match[1])), abs(int(match[2])))
    return 1 + sum(angle > limit for limit in LIGHT_LIMITS)


def one_shot(model: Model, archive: Path, size: tuple[int, int]) -> Row:
    """Accuracy over the published 20-way one-shot runs: the nearest of the run's training pictures by the cosine."""
    correct: list[bool] = []
    with zipfile.ZipFile(archive) as runs:
        for key in sorted(name for name in runs.namelist() if name.endswith("class_labels.txt")):
            pairs = [line.split() for line in runs.read(key).decode().splitlines() if line.strip()]
            training = sorted({answer for _, answer in pairs})
            tests, answers = (
                model(np.stack([pixels(runs.open(name), size) for name in names]))
                for names in ([test for test, _ in pairs], training)
            )
            cosines = tests @ (answers / np.linalg.norm(answers, axis=1, keepdims=True)).T
            correct += [training[index] == answer for index, (_, answer) in zip(cosines.argmax(1), pairs, strict=True)]
    return Row("accuracy-20-way-one-shot", "all", float(np.mean(correct)), len(correct))


def pixels(file: Path | IO[bytes], size: tuple[int, int]) -> NDArray[np.float64]:
    with Image.open(file) as picture:
        return np.asarray(picture.convert("L").resize(size, Image.Resampling.BOX), dtype=np.float64).ravel() / 255


def folder_pictures(folder: Path, split: dict[str, str], size: tuple[int, int]) -> Pictures:
    files = [file for label in split for file in sorted((folder / label).glob("*.p[gn][mg]"))]
    missing = set(split) - {file.parent.name for file in files}
    if missing:
        raise SystemExit(f"{folder}: no pictures of {sorted(missing)}")
    return Pictures(np.stack([pixels(file, size) for file in files]),
                    np.array([file.parent.name for file in files]), [file.name for file in files])


def omniglot_pictures(folder: Path, split: dict[str, str], size: tuple[int, int]) -> Pictures:
    """The characters of the split; an alphabet in both archives is taken from the first."""
    found: dict[str, NDArray] = {}
    for number in (1, 2):
        with zipfile.ZipFile(folder / f"images_background_small{number}.zip") as archive:
            for name in sorted(archive.namelist()):
                key = name.split("/", 1)[1]
                if name.endswith(".png") and key not in found and key.rsplit("/", 1)[0] in split:
                    found[key] = pixels(archive.open(name), size)
    return Pictures(np.stack(list(found.values())), np.array([key.rsplit("/", 1)[0] for key in found]), list(found))


def read_split(name: str) -> dict[str, str]:
    path = REPOSITORY / "Recipes" / "splits" / f"{name}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        return {row["label"]: row["split"] for row in csv.DictReader(file)}


def measured(name: str, root: Path) -> list[Row]:
    """All rows of one split, development's choice first."""
    data = name.split("-")[0]
    folder, split, size = data_set(root, data), read_split(name), SIZES[data]
    load = omniglot_pictures if data == "omniglot_small" else folder_pictures
    pictures = load(folder, split, size)
    train, development, test = (pictures.part(split, part) for part in ("train", "development", "test"))
    model, rate = chosen(train, development)
    print(f"{name}: {size[0]}×{size[1]} {model.scaling} pixels, {model.components} components, "
          f"shrinkage {model.shrinkage}; development EER {rate:.2%}", flush=True)
    embeddings = model(test.pixels)
    rows = [Row("eer", "development", rate, len(development.labels) * (len(development.labels) - 1) // 2)]
    rows += verification(embeddings, test.labels)
    if data == "faces_extyaleb":
        rows += by_light(embeddings, test)
    if data == "omniglot_small":
        rows.append(one_shot(model, folder / "one_shot_all_runs.zip", size))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_data_argument(parser)
    parser.add_argument("splits", nargs="*", metavar="SPLIT", help=", ".join(SPLITS))
    arguments = parser.parse_args()
    unknown = set(arguments.splits) - set(SPLITS)
    if unknown:
        parser.error(f"unknown split {', '.join(sorted(unknown))}; known are {', '.join(SPLITS)}")
    root = data_root(arguments.data)
    table = {name: measured(name, root) for name in arguments.splits or SPLITS}

    print(f"\n{'split':15} {'metric':25} {'subset':12} {'value':>8} {'trials':>9}")
    records = []
    for name, rows in table.items():
        data, fold = name.split("-") if "-" in name else (name, "1")
        for row in rows:
            print(f"{name:15} {row.metric:25} {row.subset:12} {row.value:8.2%} {row.trials:9,}")
            records.append([STUDY, data, fold, SYSTEM, 0, row.metric, row.subset, f"{row.value:.6f}", row.trials])
    if not arguments.splits:
        write(records)


def write(records: list[list[object]]) -> None:
    path = REPOSITORY / "Results" / f"{STUDY}.csv"
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["study", "dataset", "fold", "system", "seed", "metric", "subset", "value", "trials"])
        writer.writerows(records)


if __name__ == "__main__":
    main()
