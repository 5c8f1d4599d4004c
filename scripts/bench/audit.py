"""A whole `margin audit` of a large CSV file, stage by stage, and its draws beside the bare matrix product.

    python3 scripts/bench/audit.py MARGIN BENCH_AUDIT [--rows 1000000] [--features 100] [--csv FILE]

Writes a table of ROWS × FEATURES numbers with seven digits (a gigabyte at full size) into a folder that is removed
again, audits it with 1,000 draws at one ε, and prints the seconds of every stage as `audit.json` has them, the whole
process and its peak memory. Then the draws alone and the bare product of the same matrices take turns.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import resource
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from contestant import processor

DRAWS = 1000


def write_table(path: Path, rows: int, features: int) -> None:
    """Fields of one width, written as bytes: formatting numbers one by one would take longer than the audit."""
    random = np.random.default_rng(0)
    weights = 1 / np.arange(1, features + 1)
    with path.open("wb") as file:
        file.write((",".join([*(f"x{k}" for k in range(features)), "sex", "income"]) + "\n").encode())
        for start in range(0, rows, 100_000):
            count = min(100_000, rows - start)
            numbers = random.integers(0, 10_000_000, (count, features))
            text = np.empty((count, features, 10), dtype=np.uint8)
            text[:, :, 0], text[:, :, 1], text[:, :, 9] = ord("0"), ord("."), ord(",")
            for place in range(7):
                text[:, :, 2 + place] = ord("0") + numbers // 10 ** (6 - place) % 10
            noise = random.normal(size=count)
            positive = (numbers / 1e7 - 0.5) @ weights + 0.3 * noise > 0
            end = np.empty((count, 4), dtype=np.uint8)
            end[:, 0] = np.where(random.random(count) < 0.4, ord("f"), ord("m"))
            end[:, 1], end[:, 2], end[:, 3] = ord(","), ord("0") + positive, ord("\n")
            file.write(np.concatenate([text.reshape(count, -1), end], axis=1).tobytes())


def audit(margin: Path, table: Path, folder: Path) -> dict[str, float]:
    start = time.perf_counter()
    subprocess.run(
        [margin.resolve(), "audit", table, "--label", "income", "--positive", "1", "--sensitive", "sex", "--clip", "6",
         "--epsilon", "1", "--draws", str(DRAWS), "--out", folder / "audit"],
        check=True, capture_output=True, cwd=folder)
    whole = time.perf_counter() - start
    seconds = json.loads((folder / "audit" / "audit.json").read_text())["seconds"]
    order = ["reading", "preparing", "fitting", "measuring", "drawing"]
    stages = {stage: seconds[stage] for stage in sorted(seconds, key=lambda s: order.index(s) if s in order else 9)}
    stages["the whole process"] = whole
    return stages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("margin", type=Path)
    parser.add_argument("program", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--features", type=int, default=100)
    parser.add_argument("--csv", type=Path, help="write the table there as well")
    options = parser.parse_args()
    lines: list[tuple[str, float]] = []
    with tempfile.TemporaryDirectory() as name:
        table = Path(name) / "table.csv"
        write_table(table, options.rows, options.features)
        size = table.stat().st_size / 1e6
        print(f"{size:.0f} MB, {options.rows} × {options.features}, {DRAWS} draws; {processor()}", flush=True)
        stages = audit(options.margin, table, Path(name))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    lines += stages.items()
    run = subprocess.run([options.program, str(options.rows), str(options.features), str(DRAWS)], check=True,
                         capture_output=True, text=True)
    turns = [[float(number) for number in re.findall(r"([0-9.]+) s", line)] for line in run.stdout.splitlines()]
    product, one, five = (sorted(turn)[len(turns) // 2] for turn in zip(*turns))
    lines += [("bare product, all people", product), ("draws of one size, all people", one),
              ("draws of five sizes, all people", five)]
    for what, taken in lines:
        print(f"{what:32} {taken:7.2f} s")
    print(f"draws {one / product:.2f} and {five / product:.2f} × the bare product; peak memory {peak:.0f} MB")
    if options.csv:
        with options.csv.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["processor", "rows", "features", "draws", "what", "seconds"])
            writer.writerows([processor(), options.rows, options.features, DRAWS, what, f"{taken:.3f}"]
                             for what, taken in lines)


if __name__ == "__main__":
    main()
