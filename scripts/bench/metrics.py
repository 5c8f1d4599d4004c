"""What numbers cost, ours beside numpy's and scikit-learn's, in one run.

    python3 scripts/bench/metrics.py BENCH_METRICS [--csv FILE] [--comparisons 100000] [--coverage]

Curve: EER, DET and AUC of scores in memory. File: a VoxCeleb score file with 17 digits a score, and a short one with
six. Bootstrap: 1,000 draws over identities, of two metrics and of all that `margin metrics` reports. Classification: all of
a report on ten thousand samples of 43 classes, with 1,000 draws. Trials: those of
VoxCeleb1-E in number, from embeddings in memory. Comparisons: N × N embeddings of 512 dimensions to TAR@FAR=1e-6,
beside the bare product of the same matrices (100,000 take two minutes).

Peers: scikit-learn as its users call it (`roc_curve`, then `auc` and the crossing), where it is installed; the leanest
numpy (two sorts and a bisection for the EER alone; a merge by `searchsorted` for all three; for trials the faster of
gathered rows with `einsum` and the whole product with a gather; for classification 1,000 weighted confusion matrices by
`bincount`, and rates of classes from them); `pandas.read_csv`, where it is installed, for the
file. BENCH_METRICS is the built program of that name.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from contestant import processor

ROUNDS = 3
FIELDS = ["case", "contestant", "seconds", "ours_is_faster", "note"]


def seconds(body) -> float:
    body()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        body()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


class Table:
    """Rows of one case after the other, printed as they come."""

    def __init__(self) -> None:
        self.rows: list[dict[str, object]] = []

    def add(self, case: str, ours: float, peers: dict[str, float], note: str = "") -> None:
        for contestant, time_taken in {"ours": ours, **peers}.items():
            remark = note if contestant == "ours" else ""
            self.rows.append({"case": case, "contestant": contestant, "seconds": f"{time_taken:.4g}",
                              "ours_is_faster": f"{time_taken / ours:.3f}", "note": remark})
            print(f"{case}: {contestant} {time_taken:.4g} s" + (f" ({remark})" if remark else ""), flush=True)


def ours(program: Path, *arguments: object) -> list[dict]:
    run = subprocess.run([program, *map(str, arguments)], check=True, capture_output=True, text=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def lean_equal_error_rate(genuine: np.ndarray, impostor: np.ndarray) -> float:
    """Two sorts, then halving the range of places in the genuine scores."""
    genuine, impostor = np.sort(genuine), np.sort(impostor)
    low, high = 0, len(genuine)
    while low < high:
        middle = (low + high) // 2
        accepted = len(impostor) - np.searchsorted(impostor, genuine[middle])
        if middle / len(genuine) >= accepted / len(impostor):
            high = middle
        else:
            low = middle + 1
    return low / len(genuine)


def lean_everything(genuine: np.ndarray, impostor: np.ndarray) -> tuple[float, float, int]:
    genuine, impostor = np.sort(genuine), np.sort(impostor)
    below = np.searchsorted(impostor, genuine)
    not_above = np.searchsorted(impostor, genuine, side="right")
    area = (below.mean() + not_above.mean()) / 2 / len(impostor)
    rejected = np.arange(len(genuine)) / len(genuine)
    accepted = 1 - below / len(impostor)
    return rejected[np.argmax(rejected >= accepted)], area, len(rejected)


def everything_by_scikit_learn(genuine: np.ndarray, impostor: np.ndarray) -> tuple[float, float]:
    from sklearn.metrics import auc, roc_curve

    labels = np.concatenate([np.ones(len(genuine)), np.zeros(len(impostor))])
    false_accepts, true_accepts, _ = roc_curve(labels, np.concatenate([genuine, impostor]))
    place = np.nanargmin(np.abs(1 - true_accepts - false_accepts))
    return false_accepts[place], auc(false_accepts, true_accepts)


def has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def compare_curves(program: Path, folder: Path, count: int, random: np.random.Generator, table: Table) -> None:
    genuine, impostor = random.normal(2, 1, count // 10), random.normal(0, 1, count - count // 10)
    genuine.tofile(folder / "genuine.f64")
    impostor.tofile(folder / "impostor.f64")
    (found,) = ours(program, "curve", folder / "genuine.f64", folder / "impostor.f64")
    rate, area, _ = lean_everything(genuine, impostor)
    assert abs(found["eer"] - rate) < 1e-5 and abs(found["auc"] - area) < 1e-9, (found, rate, area)
    table.add(f"EER of {count:,} scores", found["eer seconds"],
              {"numpy": seconds(lambda: lean_equal_error_rate(genuine, impostor))})
    peers = {"numpy": seconds(lambda: lean_everything(genuine, impostor))}
    if has("sklearn"):
        peers["scikit-learn"] = seconds(lambda: everything_by_scikit_learn(genuine, impostor))
    table.add(f"EER, DET and AUC of {count:,} scores", found["seconds"], peers)


def compare_files(program: Path, folder: Path, count: int, random: np.random.Generator, table: Table) -> None:
    scores = random.normal(size=count)
    left, right = random.integers(0, 4708, count), random.integers(0, 4708, count)
    texts = {
        "VoxCeleb score file, 17 digits": (
            f"{int(a // 40 == b // 40)} id{a // 40:05d}/abcdefghijk/{a % 40:05d}.wav "
            f"id{b // 40:05d}/abcdefghijk/{b % 40:05d}.wav {float(s)!r}\n"
            for s, a, b in zip(scores, left, right)
        ),
        "file of label and score": (f"{int(s > 1)} {s:.6f}\n" for s in scores),
    }
    for name, lines in texts.items():
        path = folder / "scores.txt"
        with path.open("w") as file:
            file.writelines(lines)
        (found,) = ours(program, "file", path)
        peers = {}
        if has("pandas"):
            import pandas

            peers["pandas"] = seconds(lambda: pandas.read_csv(path, sep=" ", header=None))
        table.add(f"{name}, {count:,} lines", found["seconds"], peers, f"{found['MB per second']:.0f} MB/s")


def compare_trials(program: Path, folder: Path, random: np.random.Generator, table: Table) -> None:
    items, width, count = 4708, 192, 581_480
    embeddings = random.normal(size=(items, width)).astype(np.float32)
    embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
    left, right = random.integers(0, items, count), random.integers(0, items, count)
    paths = [folder / f"{name}.npy" for name in ("embeddings", "left", "right")]
    for path, array in zip(paths, (embeddings, left, right)):
        np.save(path, array)
    (found,) = ours(program, "trials", *paths)
    gathered = np.einsum("ij,ij->i", embeddings[left], embeddings[right])
    # Left may equal right in such a list; a product of a row with itself is 1.
    assert abs(found["sum of scores"] - gathered.sum(dtype=np.float64)) < 1e-2, found
    table.add(f"{count:,} trials from {items:,} embeddings of {width}", found["seconds"], {
        "numpy, rows gathered": seconds(lambda: np.einsum("ij,ij->i", embeddings[left], embeddings[right])),
        "numpy, whole product": seconds(lambda: (embeddings @ embeddings.T)[left, right]),
    })


def lean_classification(random: np.random.Generator, samples: int, classes: int, draws: int) -> np.ndarray:
    """Recall, precision and F1 of every class on every draw, and nothing else of the report."""
    labels = random.integers(0, classes, samples)
    decided = np.where(random.random(samples) < 0.8, labels, random.integers(0, classes, samples))
    cells, rates = labels * classes + decided, np.empty((draws, 3, classes))
    for draw in range(draws):
        counts = np.bincount(random.integers(0, samples, samples), minlength=samples)
        matrix = np.bincount(cells, weights=counts, minlength=classes * classes).reshape(classes, classes)
        correct, labelled, chosen = matrix.diagonal(), matrix.sum(1), matrix.sum(0)
        rates[draw] = correct / labelled, correct / chosen, 2 * correct / (labelled + chosen)
    return np.percentile(rates, [2.5, 97.5], axis=0)


def compare_classification(program: Path, random: np.random.Generator, table: Table) -> None:
    (found,) = ours(program, "classification")
    case = "1,000 draws of 10,000 samples of 43 classes"
    table.add(f"{case}, the whole report", found["seconds"],
              {"numpy, rates of classes alone": seconds(lambda: lean_classification(random, 10_000, 43, 1000))},
              f"{found['figures']:.0f} figures; moved decisions {found['shift seconds']:.3g} s, "
              f"temperature {found['temperature seconds']:.3g} s")
    table.add(f"{case}, over groups of 30", found["grouped seconds"], {})


def compare_all(program: Path, count: int, table: Table) -> None:
    (found,) = ours(program, "comparisons", count)
    table.add(f"{count:,} × {count:,} comparisons of 512 to TAR@FAR=1e-6", found["seconds"],
              {"bare product": found["bare product seconds"], "fastest product": found["fastest product seconds"]},
              f"{found['over product']:.2f} × the product of mm, {found['over fastest product']:.2f} × oneDNN's, "
              f"{found['peak megabytes']:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("--scores", type=int, default=10_000_000)
    parser.add_argument("--lines", type=int, default=2_000_000)
    parser.add_argument("--comparisons", type=int, default=100_000)
    parser.add_argument("--csv", type=Path, help="write the table there as well")
    parser.add_argument("--coverage", action="store_true", help="also the coverage of intervals, which takes minutes")
    options = parser.parse_args()
    random = np.random.default_rng(0)
    table = Table()
    with tempfile.TemporaryDirectory() as name:
        compare_curves(options.program, Path(name), options.scores, random, table)
        compare_files(options.program, Path(name), options.lines, random, table)
        compare_trials(options.program, Path(name), random, table)
    (found,) = ours(options.program, "bootstrap")
    table.add("1,000 draws of 1,000,000 scores, two metrics", found["seconds"], {})
    table.add("1,000 draws of 1,000,000 scores, all of margin metrics", found["report seconds"], {},
              f"{found['figures']:.0f} figures, the file read")
    compare_classification(options.program, random, table)
    compare_all(options.program, options.comparisons, table)
    if options.csv:
        with options.csv.open("w", newline="") as file:
            writer = csv.DictWriter(file, ["processor", *FIELDS], restval="")
            writer.writeheader()
            writer.writerows({"processor": processor(), **row} for row in table.rows)
    if options.coverage:
        for row in ours(options.program, "coverage"):
            print(
                f"coverage of 95 %, {row['identities']:.0f} identities: {row['over identities']:.1%}, "
                f"resampling trials {row['over single trials']:.1%}"
            )


if __name__ == "__main__":
    main()
