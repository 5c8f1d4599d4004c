"""Heads forward and backward, ours beside the products of matrices nobody can avoid and beside PyTorch: `make bench-heads`.

    python3 scripts/bench/heads.py BENCH_HEADS [--rounds 7] [--only arcface-256-512-10000] [--csv FILE]

Each contestant is a process with the same features, weights and labels; they take turns, and so does the floor: the three
products into memory that is there already. Times are medians; ratios are medians over rounds of the ratio within a round.
Memory is the peak beyond what was in use before, less the gradient of the weights.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
import tempfile
from pathlib import Path

from contestant import Contestant, processor

PEER = Path(__file__).with_name("torch_heads.py")
SIZES = [(256, 512, 1_000), (256, 512, 10_000), (256, 512, 100_000), (256, 512, 1_000_000), (64, 256, 1_000),
         (64, 256, 10_000)]
PEERS = {"arcface": ("eager", "lean", "compiled", "metric-learning"), "sphereface2": ("eager", "lean", "compiled"),
         "virtual-softmax": ("lean", "compiled")}
CASES = {f"{head}-{batch}-{dimension}-{classes}": (head, batch, dimension, classes)
         for batch, dimension, classes in SIZES for head in PEERS}
LOSS_TOLERANCE = 1e-4
# A turn lasts about so long, and has one computation at least.
TURN_SECONDS = 0.4


def measure(case: str, binary: str, rounds: int) -> list[dict[str, object]]:
    head, batch, dimension, classes = CASES[case]
    with tempfile.TemporaryDirectory() as folder:
        start = f"{folder}/start.safetensors"
        ours = Contestant("ours", [binary, head, str(batch), str(dimension), str(classes), start])
        contestants, losses, turns, gone = [ours], {}, {}, []
        for peer in (None, *PEERS[head]):
            if peer:
                contestants.append(Contestant(peer, [sys.executable, str(PEER), peer, head, start]))
            contestant = contestants[-1]
            try:
                losses[contestant.name] = contestant.warm("head 1")["loss"]
                contestant.warm("head 2")
                last = contestant.ask("head 1")["seconds"][0]
                turns[contestant.name] = max(1, int(TURN_SECONDS / last))
            except ChildProcessError as error:
                gone.append((peer, str(error)))
                contestants.pop()
        ours.ask("floor 2")
        floors = []
        for round in range(rounds):
            floors.append(statistics.median(ours.ask(f"floor {turns['ours']}")["seconds"]))
            for contestant in contestants:
                contestant.take_turn(f"head {turns[contestant.name]}")
            print(f"\r{case}: round {round + 1} of {rounds}", end="", file=sys.stderr)
        print(file=sys.stderr)
        peaks = {contestant.name: contestant.ask("head 1") for contestant in contestants}
        for contestant in contestants:
            contestant.close()
    for name, loss in losses.items():
        if abs(loss - losses["ours"]) > LOSS_TOLERANCE * abs(loss):
            print(f"{case}: {name}'s loss is {loss}, ours {losses['ours']}", file=sys.stderr)
    gradient = 4 * classes * dimension
    rows = [{"case": case, "contestant": "floor", "milliseconds": f"{1e3 * statistics.median(floors):.2f}"}]
    for contestant in contestants:
        middle = [statistics.median(turn) for turn in contestant.turns]
        own = [statistics.median(turn) for turn in ours.turns]
        peak = peaks[contestant.name]
        rows.append({
            "case": case, "contestant": contestant.name,
            "milliseconds": f"{1e3 * statistics.median(middle):.2f}",
            "over_floor": f"{statistics.median(a / b for a, b in zip(middle, floors)):.3f}",
            "ours_is_faster": f"{statistics.median(a / b for a, b in zip(middle, own)):.3f}",
            "memory_megabytes": f"{(peak['peak'] - peak['before'] - gradient) / 1e6:.0f}",
            "warm_up_seconds": f"{contestant.warm_up:.1f}"})
    return rows + [{"case": case, "contestant": name, "milliseconds": why} for name, why in gone]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", help="the built bench-heads")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", choices=sorted(CASES), action="append")
    parser.add_argument("--csv", type=Path, help="write the table there as well")
    arguments = parser.parse_args()
    import torch

    print(f"{processor()}, {torch.get_num_threads()} threads, torch {torch.__version__}; float32, forward and backward")
    fields = ["case", "contestant", "milliseconds", "over_floor", "ours_is_faster", "memory_megabytes", "warm_up_seconds"]
    print(f"{'':28} {'':16} {'ms':>10} {'/ floor':>8} {'ours is':>9} {'MB':>6} {'warm-up':>8}")
    rows = []
    for case in arguments.only or CASES:
        for row in measure(case, arguments.binary, arguments.rounds):
            rows.append(row)
            faster = f"{row['ours_is_faster']}×" if "ours_is_faster" in row else ""
            print(f"{case:28} {row['contestant']:16} {row['milliseconds']:>10} {row.get('over_floor', ''):>8} "
                  f"{faster:>9} {row.get('memory_megabytes', ''):>6} {row.get('warm_up_seconds', ''):>6}", flush=True)
    if arguments.csv:
        with arguments.csv.open("w", newline="") as file:
            writer = csv.DictWriter(file, ["processor", "torch", *fields], restval="")
            writer.writeheader()
            writer.writerows({"processor": processor(), "torch": torch.__version__, **row} for row in rows)


if __name__ == "__main__":
    main()
