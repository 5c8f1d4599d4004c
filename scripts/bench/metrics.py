"""What numbers cost, ours beside numpy's and scikit-learn's, in one run.

    python3 scripts/bench/metrics.py BENCH_METRICS [--scores 10000000] [--lines 2000000] [--coverage]

Curve: EER, DET and AUC of scores in memory. File: a VoxCeleb score file with 17 digits a score, and a short one with
six. Bootstrap: 1,000 draws over identities. Peers: scikit-learn as its users call it (`roc_curve`, then `auc` and the
crossing), the leanest numpy (two sorts and a bisection for the EER alone; a merge by `searchsorted` for all three),
and `pandas.read_csv` where it is installed, for the file. BENCH_METRICS is the built program of that name.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

ROUNDS = 3


def seconds(body) -> float:
    body()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        body()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


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


def compare_curves(program: Path, folder: Path, count: int, random: np.random.Generator) -> None:
    genuine, impostor = random.normal(2, 1, count // 10), random.normal(0, 1, count - count // 10)
    genuine.tofile(folder / "genuine.f64")
    impostor.tofile(folder / "impostor.f64")
    (found,) = ours(program, "curve", folder / "genuine.f64", folder / "impostor.f64")
    rate, area, _ = lean_everything(genuine, impostor)
    assert abs(found["eer"] - rate) < 1e-5 and abs(found["auc"] - area) < 1e-9, (found, rate, area)
    print(f"{count} scores: ours EER {found['eer seconds']:.3f} s, EER + DET + AUC {found['seconds']:.3f} s")
    print(f"  numpy, EER alone             {seconds(lambda: lean_equal_error_rate(genuine, impostor)):.3f} s")
    print(f"  numpy, EER + DET + AUC       {seconds(lambda: lean_everything(genuine, impostor)):.3f} s")
    print(f"  scikit-learn, EER + DET + AUC {seconds(lambda: everything_by_scikit_learn(genuine, impostor)):.3f} s")


def compare_files(program: Path, folder: Path, count: int, random: np.random.Generator) -> None:
    scores = random.normal(size=count)
    left, right = random.integers(0, 4708, count), random.integers(0, 4708, count)
    texts = {
        "17 digits": (
            f"{int(a // 40 == b // 40)} id{a // 40:05d}/abcdefghijk/{a % 40:05d}.wav "
            f"id{b // 40:05d}/abcdefghijk/{b % 40:05d}.wav {float(s)!r}\n"
            for s, a, b in zip(scores, left, right)
        ),
        "label and score": (f"{int(s > 1)} {s:.6f}\n" for s in scores),
    }
    for name, lines in texts.items():
        path = folder / "scores.txt"
        with path.open("w") as file:
            file.writelines(lines)
        (found,) = ours(program, "file", path)
        print(f"file, {name}: ours {found['MB per second']:.0f} MB/s")
        size = path.stat().st_size / 1e6
        try:
            import pandas
        except ImportError:
            continue
        print(f"  pandas {size / seconds(lambda: pandas.read_csv(path, sep=' ', header=None)):.0f} MB/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("--scores", type=int, default=10_000_000)
    parser.add_argument("--lines", type=int, default=2_000_000)
    parser.add_argument("--coverage", action="store_true", help="also the coverage of intervals, which takes minutes")
    options = parser.parse_args()
    random = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as name:
        compare_curves(options.program, Path(name), options.scores, random)
        compare_files(options.program, Path(name), options.lines, random)
    (found,) = ours(options.program, "bootstrap")
    print(f"{found['draws']:.0f} draws of {found['scores']:.0f} scores: {found['seconds']:.2f} s")
    if options.coverage:
        for row in ours(options.program, "coverage"):
            print(
                f"coverage of 95 %, {row['identities']:.0f} identities: {row['over identities']:.1%}, "
                f"resampling trials {row['over single trials']:.1%}"
            )


if __name__ == "__main__":
    main()
