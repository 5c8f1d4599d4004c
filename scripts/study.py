"""Train and measure the recipes of a study over several seeds, and keep the figures in Results/.

    python3 scripts/study.py faces_orl faces_extyaleb omniglot_small --seeds 5

Each run is trained by the command `margin` (built with `make`), everything chosen on its development
people, and measured once on its test people. Runs whose figures are in Results/<study>.csv already are
left out, so an interrupted study goes on where it stopped. With --development nothing is measured on
test people: only the development figure of the best epoch is printed, which is how settings are chosen.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

REPOSITORY = Path(__file__).resolve().parents[1]
COLUMNS = ["study", "dataset", "fold", "system", "seed", "metric", "subset", "value", "trials"]
FOLDS = {"faces_orl": ["1", "2", "3", "4"], "faces_extyaleb": ["1"], "omniglot_small": ["1"]}
NAMES = {"EER[interpolated]": "eer", "TAR@FAR=1e-1[FAR at most]": "tar@far=1e-1", "TAR@FAR=1e-2[FAR at most]": "tar@far=1e-2"}


@dataclass(frozen=True)
class Run:
    study: str
    dataset: str
    fold: str
    system: str
    seed: int

    @property
    def name(self) -> str:
        return f"{self.study}-{self.dataset}-{self.fold}-{self.system}-{self.seed}"

    def settings(self, extra: list[str]) -> list[str]:
        settings = [f"name={self.name}", f"seed={self.seed}", *extra]
        if len(FOLDS[self.dataset]) > 1:
            settings.append(f"data.split.file=splits/{self.dataset}-{self.fold}.csv")
        return settings


def call(arguments: list[str], threads: int | None) -> dict:
    environment = dict(os.environ)
    if threads:
        environment["OMP_NUM_THREADS"] = str(threads)
    done = subprocess.run(arguments, capture_output=True, text=True, cwd=REPOSITORY, env=environment)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)}\n{done.stderr.strip()}")
    return json.loads(done.stdout)


def rows(run: Run, best: dict, evaluation: dict) -> list[dict]:
    """The figures of one run as rows of the result file."""
    report = evaluation["reports"][0]

    def row(metric: str, subset: str, value: float, trials: int | str) -> dict:
        values = [run.study, run.dataset, run.fold, run.system, run.seed, metric, subset, f"{value:.6f}", trials]
        return dict(zip(COLUMNS, values, strict=True))

    found = [row("eer", "development", best["value"], "")]
    for part in report["rows"]:
        subset = part.get("condition") or ("all" if part["set"] == "test" else part["set"])
        trials = part["genuineCount"] + part["impostorCount"]
        found += [row(NAMES[e["name"]], subset, e["value"], trials) for e in part["estimates"] if e["name"] in NAMES]
    if report.get("oneShot"):
        found.append(row("accuracy 20-way one-shot", "published runs", report["oneShot"]["value"], 400))
    return found


def finished(file: Path) -> set[tuple[str, ...]]:
    if not file.exists():
        return set()
    with file.open(newline="") as lines:
        return {(r["dataset"], r["fold"], r["system"], r["seed"]) for r in csv.DictReader(lines)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("datasets", nargs="+", choices=sorted(FOLDS))
    parser.add_argument("--study", default="verification")
    parser.add_argument("--system", default="recipe", help="a name for these settings")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--set", nargs="*", default=[], metavar="key=value", help="changes to the recipes")
    parser.add_argument("--jobs", type=int, default=1, help="runs side by side, each with its share of the cores")
    parser.add_argument("--development", action="store_true", help="do not touch test people")
    parser.add_argument("--margin", default=".build/release/margin")
    parser.add_argument("--data", default=None)
    arguments = parser.parse_args()

    file = REPOSITORY / "Results" / f"{arguments.study}.csv"
    data = ["--data", str(Path(arguments.data).resolve())] if arguments.data else []
    threads = max(1, (os.cpu_count() or 1) // arguments.jobs) if arguments.jobs > 1 else None
    known = set() if arguments.development else finished(file)
    runs = [
        Run(arguments.study, dataset, fold, arguments.system, seed)
        for dataset in arguments.datasets
        for seed in range(1, arguments.seeds + 1)
        for fold in FOLDS[dataset]
    ]
    runs = [r for r in runs if (r.dataset, r.fold, r.system, str(r.seed)) not in known]
    lock, start, done = Lock(), time.monotonic(), 0

    def carry_out(run: Run) -> None:
        nonlocal done
        recipe = f"Recipes/{run.dataset}.yaml"
        train = [arguments.margin, "train", recipe, "--json", "--overwrite", *data, "--set", *run.settings(arguments.set)]
        best = call(train, threads)["best"]
        text = f"development EER {best['value'] * 100:.2f} % (epoch {best['epoch']})"
        found: list[dict] = []
        if not arguments.development:
            found = rows(run, best, call([arguments.margin, "evaluate", f"runs/{run.name}", "--json", *data], threads))
            text += f", test EER {float(found[1]['value']) * 100:.2f} %"
        with lock:
            done += 1
            if found:
                is_new = not file.exists()
                with file.open("a", newline="") as lines:
                    writer = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
                    if is_new:
                        writer.writeheader()
                    writer.writerows(found)
            left = (time.monotonic() - start) / done * (len(runs) - done)
            print(f"{done}/{len(runs)} {run.name}: {text}; about {left / 60:.0f} min left", file=sys.stderr, flush=True)

    with ThreadPoolExecutor(arguments.jobs) as pool:
        list(pool.map(carry_out, runs))


if __name__ == "__main__":
    main()
