"""What searching a gallery costs, beside numpy's product of a matrix and a vector, in one run.

    python3 scripts/bench/gallery.py BENCH_GALLERY [--rows 1000000] [--size 512] [--rounds 5] [--csv FILE]

The gallery holds as many random directions. Searches take turns with numpy, so that all see the same machine: at full
precision, with a first pass in eight bits, and 64 queries at once. Before that, the time from opening the file, which
lies in the page cache, to the first answer. Every answer is compared with numpy's. BENCH_GALLERY is the built program
of that name. Takes a few minutes, 10 GB of memory and 5 GB of disk in the folder for temporary files.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

QUERIES = 64
SEARCHES = 5


def directions(count: int, size: int, random: np.random.Generator) -> np.ndarray:
    rows = random.standard_normal((count, size), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def processor() -> str:
    names = [line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
             if line.startswith("model name")]
    return names[0] if names else "unknown"


class Searcher:
    """The program, asked for one search at a time."""

    def __init__(self, program: Path, gallery: Path, queries: Path) -> None:
        self.process = subprocess.Popen([program, "search", gallery, queries], text=True, bufsize=1,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.opened = json.loads(self.process.stdout.readline())

    def __call__(self, how: str) -> dict:
        self.process.stdin.write(how + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--csv", type=Path)
    options = parser.parse_args()
    random = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = directions(options.rows, options.size, random)
        queries = directions(QUERIES, options.size, random)
        save_file({"embeddings": queries}, folder / "queries.safetensors")
        save_file({"embeddings": rows}, folder / "rows.safetensors")
        gallery = folder / "bench.gallery"
        made = subprocess.run([options.program, "make", folder / "rows.safetensors", gallery], check=True,
                              capture_output=True, text=True)
        times: dict[str, list[float]] = {"enrol": [json.loads(made.stdout)["seconds"]]}
        (folder / "rows.safetensors").unlink()
        expected = [np.argsort(-(rows @ query), kind="stable")[:5].tolist() for query in queries]
        for _ in range(3):
            searcher = Searcher(options.program, gallery, folder / "queries.safetensors")
            times.setdefault("open", []).append(searcher.opened["seconds"])
            assert [int(row) for row in searcher.opened["found"]] == expected[0], searcher.opened
            if len(times["open"]) < 3:
                searcher.close()
        for how in ("full", "codes", "many"):
            searcher(how)
        for round_ in range(options.rounds):
            for search in range(SEARCHES):
                query = queries[(round_ * SEARCHES + search) % QUERIES]
                start = time.perf_counter()
                rows @ query
                times.setdefault("numpy", []).append(time.perf_counter() - start)
            start = time.perf_counter()
            queries @ rows.T
            times.setdefault("numpy many", []).append(time.perf_counter() - start)
            for how in ("full",) * SEARCHES + ("codes",) * SEARCHES + ("many",):
                answer = searcher(how)
                times.setdefault(how, []).append(answer["seconds"])
                assert [int(row) for row in answer["found"]] == expected[answer["query"]], answer
        searcher.close()

    medians = {name: statistics.median(values) for name, values in times.items()}
    floors = {"full": "numpy", "codes": "numpy", "many": "numpy many"}
    what = {
        "enrol": "storing all rows", "open": "opening to the first answer", "numpy": "numpy, one query",
        "full": "one query at full precision", "codes": "one query, first pass in eight bits",
        "numpy many": f"numpy, {QUERIES} queries", "many": f"{QUERIES} queries at once",
    }
    table = []
    for name, text in what.items():
        over = f"{medians[name] / medians[floors[name]]:.3f}" if name in floors else ""
        table.append([processor(), options.rows, options.size, name, f"{medians[name]:.4f}", over])
        print(f"{text:38} {medians[name]:9.4f} s {over and over + ' × numpy'}")
    if options.csv:
        with options.csv.open("w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["processor", "rows", "dimensions", "what", "seconds", "over_numpy"])
            writer.writerows(table)


if __name__ == "__main__":
    main()
