"""Name the systems of a study that did best on development identities, as `margin compare --heads` takes them.

    python3 scripts/support/best_systems.py Results/heads_orl.csv --count 4 --prefix sphereface
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from statistics import fmean

METRIC = "EER[interpolated]"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("study", help="Results/<study>.csv")
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--prefix", default="", help="only systems whose names begin so")
    arguments = parser.parse_args()

    values: dict[str, list[float]] = defaultdict(list)
    with open(arguments.study, newline="") as lines:
        for row in csv.DictReader(lines):
            figure = row["stage"], row["metric"], row["subset"]
            if figure == ("chosen", METRIC, "development") and row["system"].startswith(arguments.prefix):
                values[row["system"]].append(float(row["value"]))
    best = sorted(values, key=lambda system: fmean(values[system]))[: arguments.count]
    # "arcface m=0.3 s=20" is written arcface:m=0.3,s=20
    print(",".join(system.replace(" ", ":", 1).replace(" ", ",") for system in best))


if __name__ == "__main__":
    main()
