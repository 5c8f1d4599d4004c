"""Make the README's table of results from Results/*.csv.

    python3 scripts/tables.py            writes it between the README's markers
    python3 scripts/tables.py --print    prints it

Ours is the mean over seeds, with the lowest and the highest seed in brackets; the baseline has no seeds.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path
from statistics import fmean

REPOSITORY = Path(__file__).resolve().parents[1]
START, END = "<!-- results -->", "<!-- /results -->"
TITLES = {
    "faces_orl": "ORL faces, unseen people",
    "faces_extyaleb": "Extended Yale B, unseen people",
    "omniglot_small": "Omniglot, unseen alphabets",
}

# (dataset, fold, metric, subset) -> one value per seed
Figures = dict[tuple[str, str, str, str], list[float]]


def figures(file: Path, system: str) -> Figures:
    found: Figures = defaultdict(list)
    with file.open(newline="") as lines:
        for row in csv.DictReader(lines):
            if row["system"] == system:
                found[row["dataset"], row["fold"], row["metric"], row["subset"]].append(float(row["value"]))
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--print", action="store_true", dest="only_print")
    arguments = parser.parse_args()
    results = REPOSITORY / "Results"
    text = table(figures(results / "baseline_pca_lda.csv", "pca_lda"), figures(results / "verification.csv", "recipe"))
    if arguments.only_print:
        print(text)
        return
    readme = REPOSITORY / "README.md"
    before, rest = readme.read_text().split(START)
    after = rest.split(END)[1] if END in rest else rest
    readme.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}")


if __name__ == "__main__":
    main()
