"""Make the tables of the README, of docs/Comparison.md and of docs/Critical.md, from Results/*.csv.

    python3 scripts/tables.py            writes them between the pages' markers
    python3 scripts/tables.py --print    prints them

Ours is the mean over seeds, with the lowest and the highest seed in brackets; the baseline has no seeds.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
from collections import defaultdict
from pathlib import Path
from statistics import fmean

REPOSITORY = Path(__file__).resolve().parents[1]
TITLES = {
    "faces_orl": "ORL faces, unseen people",
    "faces_extyaleb": "Extended Yale B, unseen people",
    "omniglot_small": "Omniglot, unseen alphabets",
}

# The names of `margin compare`, as the baseline's file has them.
SHORT = {
    "EER[interpolated]": "eer",
    "TAR@FAR=1e-1[FAR at most]": "tar@far=1e-1",
    "TAR@FAR=1e-2[FAR at most]": "tar@far=1e-2",
}

# (dataset, fold, metric, subset) -> one value per seed
Figures = dict[tuple[str, str, str, str], list[float]]


def figures(file: Path, system: str) -> Figures:
    found: Figures = defaultdict(list)
    with file.open(newline="") as lines:
        for row in csv.DictReader(lines):
            if row["system"] == system:
                metric = SHORT.get(row["metric"], row["metric"])
                found[row["dataset"], row["fold"], metric, row["subset"]].append(float(row["value"]))
    return found


def percent(values: list[float]) -> str:
    if not values:
        return "–"
    mean = f"{fmean(values) * 100:.1f}"
    return mean if len(values) == 1 else f"{mean} [{min(values) * 100:.1f}, {max(values) * 100:.1f}]"


def mean_over_folds(found: Figures, dataset: str, metric: str) -> list[float]:
    """Per seed, the mean of the folds' values."""
    folds = [values for (d, _, m, s), values in sorted(found.items()) if (d, m, s) == (dataset, metric, "all")]
    return [fmean(seed) for seed in zip(*folds, strict=True)]


def table(baseline: Figures, ours: Figures) -> str:
    lines = ["| test | figure, % | PCA + LDA | this recipe, five seeds |", "|---|---|---|---|"]

    def add(title: str, figure: str, first: list[float], second: list[float]) -> None:
        lines.append(f"| {title} | {figure} | {percent(first)} | {percent(second)} |")

    for dataset, title in TITLES.items():
        folds = sorted({fold for (d, fold, _, _) in ours if d == dataset})
        name = f"{title}, mean of {len(folds)} folds" if len(folds) > 1 else title
        add(name, "EER", *(mean_over_folds(found, dataset, "eer") for found in (baseline, ours)))
        for fold in folds if len(folds) > 1 else []:
            key = (dataset, fold, "eer", "all")
            add(f"… fold {fold}", "EER", baseline.get(key, []), ours.get(key, []))
        add(name, "TAR at FAR 0.1", *(mean_over_folds(found, dataset, "tar@far=1e-1") for found in (baseline, ours)))
        for light in "12345" if dataset == "faces_extyaleb" else "":
            first = next(v for k, v in baseline.items() if k[0] == dataset and k[2] == "eer" and k[3].endswith(light))
            second = ours.get((dataset, "1", "eer", f"light {light}"), [])
            add(f"… light {light} against light 1", "EER", first, second)
        key = next((k for k in ours if k[0] == dataset and "one-shot" in k[2]), None)
        if key:
            first = next(v for k, v in baseline.items() if k[0] == dataset and "one" in k[2] and "shot" in k[2])
            add("Omniglot, 20-way one-shot, published runs", "accuracy", first, ours[key])
    return "\n".join(lines)


NETWORKS = {"sfnet-20": "SFNet-20, 112×112", "sfnet-small": "small SFNet, 32×32", "iresnet-18": "IResNet-18, 112×112",
            "resnet-cifar-20": "CIFAR ResNet-20, 32×32", "camri-net": "CAMRI's network, 32×32",
            "camri-net/8": "CAMRI's network, width 8, 32×32",
            "resnet-cifar-20-files": "CIFAR ResNet-20, 32×32 JPEGs", "camri-net-files": "CAMRI's network, 32×32 JPEGs",
            "camri-net/8-files": "CAMRI's network, width 8, 32×32 JPEGs"}
PEERS = ("eager", "channels-last", "compiled")


def rows_by_case(file: Path) -> dict[str, dict[str, dict[str, str]]]:
    cases: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    with file.open(newline="") as lines:
        for row in csv.DictReader(lines):
            cases[row["case"]][row["contestant"]] = row
    return cases


def rate(text: str) -> str:
    number = float(text)
    return f"{number:,.0f}" if number >= 100 else f"{number:.1f}"


def training_table(file: Path) -> str:
    """Samples per second of a training step; in brackets, how many times faster ours is."""
    cases = rows_by_case(file)
    processor = next(iter(next(iter(cases.values())).values()))["processor"]
    lines = [f"| training, samples/s ({processor}) | ours | PyTorch eager | channels last, fused SGD | compiled |",
             "|---|---|---|---|---|"]
    for case, rows in cases.items():
        network, _, activation = case.rpartition("-")
        names = {"prelu": "PReLU", "relu": "ReLU"}
        cells = [f"{NETWORKS[network]}, {names[activation]}, batch {rows['ours']['batch']}",
                 rate(rows["ours"]["samples_per_second"])]
        for peer in PEERS:
            row = rows.get(peer)
            cells.append("–" if row is None else
                         f"{rate(row['samples_per_second'])} ({float(row['ours_is_faster']):.2f}×)")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def heads_table(file: Path) -> str:
    """Time over that of the three products, by either library; how many times faster ours is than peers; memory."""
    lines = ["| head, B × D × C | three products by `mm` | ours over them | over the fastest products | faster than lean eager "
             "| than compiled | memory beyond the gradient: ours, lean, compiled |", "|---|---|---|---|---|---|---|"]
    def parts(case: str) -> tuple[str, int, int, int]:
        head, *sizes = case.removesuffix("-planted").rsplit("-", 3)
        return head, *map(int, sizes)

    def order(case: str) -> tuple[int, int]:
        _, batch, _, classes = parts(case)
        return -batch, classes

    cases = rows_by_case(file)
    for case in sorted(cases, key=order):
        rows, late = cases[case], case.endswith("-planted")
        head, batch, dimension, classes = parts(case)

        def cell(peer: str, field: str, suffix: str) -> str:
            value = rows.get(peer, {}).get(field, "")
            return f"{value}{suffix}" if value else "–"

        memory = ", ".join(cell(peer, "memory_megabytes", " MB") for peer in ("ours", "lean", "compiled"))
        lines.append(f"| {head}{', late in training' if late else ''}, {batch} × {dimension} × {classes:,} | "
                     f"{rows['floor']['milliseconds']} ms | {rows['ours']['over_floor']} | {rows['ours']['over_fastest']} | "
                     f"{cell('lean', 'ours_is_faster', '×')} | {cell('compiled', 'ours_is_faster', '×')} | {memory} |")
    return "\n".join(lines)


def gallery_table(file: Path) -> str:
    """Seconds of searching a gallery, and over numpy's product of a matrix and a vector."""
    with file.open(newline="") as lines:
        rows = {row["what"]: row for row in csv.DictReader(lines)}
    one = rows["full"]
    names = {
        "full": ("one query at full precision", "numpy"), "codes": ("… with a first pass in eight bits", "numpy"),
        "many": ("64 queries at once", "numpy many"), "open": ("opening the file to the first answer", None),
        "enrol": ("storing all of it", None),
    }
    lines = [f"| gallery of {int(one['rows']):,} × {one['dimensions']} ({one['processor']}) | seconds | numpy's product | "
             "over it |", "|---|---|---|---|"]
    for name, (text, floor) in names.items():
        peer = rows[floor]["seconds"] if floor else "–"
        lines.append(f"| {text} | {rows[name]['seconds']} | {peer} | {rows[name]['over_numpy'] or '–'} |")
    return "\n".join(lines)


def metrics_table(file: Path) -> str:
    """Seconds of each contestant, and how many times faster ours is than each peer."""
    lines = ["| measured | ours | peers in the same run |", "|---|---|---|"]
    for case, rows in rows_by_case(file).items():
        own = rows["ours"]
        note = f" ({own['note']})" if own["note"] else ""
        peers = ", ".join(f"{name} {float(row['seconds']):.3g} s ({float(row['ours_is_faster']):.2f}×)"
                          for name, row in rows.items() if name != "ours")
        lines.append(f"| {case} | {float(own['seconds']):.3g} s{note} | {peers or '–'} |")
    return "\n".join(lines)


def audit_table(file: Path) -> str:
    with file.open(newline="") as text:
        rows = list(csv.DictReader(text))
    size = f"{int(rows[0]['rows']):,} × {int(rows[0]['features']):,}, {int(rows[0]['draws']):,} draws"
    return "\n".join([f"| `margin audit` of a CSV file, {size} | seconds |", "|---|---|",
                      *(f"| {row['what']} | {float(row['seconds']):.2f} |" for row in rows)])


STUDIES = {
    "heads_orl": "ORL faces: every head",
    "heads_omniglot_small": "Omniglot: the baselines, and the four that did best on ORL's development people",
    "heads_faces_extyaleb": "Extended Yale B: the same",
    "label_noise_0.2": "Omniglot with 20 % wrong training labels",
    "label_noise_0.4": "Omniglot with 40 % wrong training labels",
    "label_noise_0.6": "Omniglot with 60 % wrong training labels",
}
VIRTUAL_SOFTMAX = {
    "virtual_softmax_mnist": "MNIST, two dimensions", "virtual_softmax_cifar10": "A fifth of CIFAR-10",
    "virtual_softmax_orl": "ORL faces, people that training did not see",
    "virtual_softmax_omniglot": "Omniglot, alphabets that training did not see",
}


def studies(results: Path, margin: Path, titles: dict[str, str]) -> str:
    """The tables of those studies that have been run, as `margin compare` makes them."""
    parts = []
    for study, title in titles.items():
        if (results / f"{study}.csv").exists():
            command = [margin, "compare", "any.yaml", "--table", "--markdown", "--study", study, "--results", results]
            made = subprocess.run(command, capture_output=True, text=True, check=True, cwd=REPOSITORY).stdout
            if made.strip():
                parts.append(f"### {title}\n\n{made.strip()}")
    return "\n\n".join(parts)


def critical(margin: Path) -> str:
    """The tables of the studies of critical classes that have been run, as `margin critical` makes them."""
    command = [REPOSITORY / "scripts" / "critical.sh", "--table", "--markdown"]
    environment = os.environ | {"MARGIN": str(margin)}
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment).stdout.strip()


UNFINISHED = "*No study is finished yet.*"


def write(page: Path, tables: dict[str, str]) -> None:
    """Puts each table between its markers."""
    text = page.read_text()
    for name, content in tables.items():
        start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, rest = text.split(start)
        text = f"{before}{start}\n\n{content or UNFINISHED}\n\n{end}{rest.split(end)[1]}"
    page.write_text(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--print", action="store_true", dest="only_print")
    parser.add_argument("--margin", default=".build/release/margin", help="the command that makes the studies' tables")
    arguments = parser.parse_args()
    results = REPOSITORY / "Results"
    tables = {"results": table(figures(results / "baseline_pca_lda.csv", "pca_lda"),
                               figures(results / "verification.csv", "recipe"))}
    for name, file, make in (("training speed", "training_speed.csv", training_table),
                             ("head speed", "head_speed.csv", heads_table),
                             ("gallery speed", "gallery_speed.csv", gallery_table),
                             ("metric speed", "metric_speed.csv", metrics_table),
                             ("audit speed", "audit_speed.csv", audit_table)):
        if (results / file).exists():
            tables[name] = make(results / file)
    if arguments.only_print:
        print("\n\n".join(tables.values()))
        return
    write(REPOSITORY / "README.md", tables)
    margin = REPOSITORY / arguments.margin
    if margin.exists():
        write(REPOSITORY / "docs" / "Comparison.md", {"studies": studies(results, margin, STUDIES)})
        write(REPOSITORY / "docs" / "VirtualSoftmax.md",
              {"virtual softmax": studies(results, margin, VIRTUAL_SOFTMAX)})
        write(REPOSITORY / "docs" / "Critical.md", {"critical": critical(margin)})


if __name__ == "__main__":
    main()
