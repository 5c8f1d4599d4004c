"""Heads forward and backward, ours beside the products of matrices nobody can avoid and beside PyTorch: `make bench-heads`.

    python3 scripts/bench/heads.py BENCH_HEADS [--rounds 7] [--only arcface-256-512-10000] [--csv FILE]

Each contestant is a process with the same features, weights and labels; they take turns, and so do two floors: the three
products as libtorch's `mm` makes them, into memory that is there already, and by the fastest way that libtorch has on this
processor, tile by tile. Times are medians; ratios are medians over rounds of the ratio within a round. Memory is the
peak beyond what was in use before, less the gradient of the weights. Where several contestants do not fit into memory
together, each peer meets ours alone. "planted" features have a cosine of 0.8 to their own class, as late in training, and
ours leaves out the gradients of samples with a probability of 1e-3 or less on other classes.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from contestant import Contestant, processor, write_table

PEER = Path(__file__).with_name("torch_heads.py")
SIZES = [(256, 512, 1_000), (256, 512, 10_000), (256, 512, 100_000), (256, 512, 1_000_000), (64, 256, 1_000),
         (64, 256, 10_000)]
PEERS = {"arcface": ("eager", "lean", "compiled", "metric-learning"), "sphereface2": ("eager", "lean", "compiled"),
         "virtual-softmax": ("lean", "compiled")}
CASES = {f"{head}-{batch}-{dimension}-{classes}": (head, batch, dimension, classes)
         for batch, dimension, classes in SIZES for head in PEERS}
PLANTED = {f"arcface-256-512-{classes}-planted": ("arcface", 256, 512, classes) for classes in (1_000_000,)}
CASES |= PLANTED
# From so many classes on, contestants meet ours one at a time; PyTorch's eager forms as users write them are left out.
MANY_CLASSES = 1_000_000
PEERS_OF_MANY = ("lean", "compiled")
LOSS_TOLERANCE = 1e-4
# A turn lasts about so long, and has one computation at least.
TURN_SECONDS = 0.4


def start(case: str, peer: str | None, binary: str, file: str) -> Contestant:
    head, batch, dimension, classes = CASES[case]
    if peer:
        return Contestant(peer, [sys.executable, str(PEER), peer, head, file])
    planted = ["planted"] if case in PLANTED else []
    return Contestant("ours", [binary, head, str(batch), str(dimension), str(classes), file, *planted])


def measure(case: str, binary: str, rounds: int) -> list[dict[str, object]]:
    head, _, _, classes = CASES[case]
    peers = () if case in PLANTED else PEERS[head]
    if classes < MANY_CLASSES or not peers:
        return together(case, peers, binary, rounds)
    rows: list[dict[str, object]] = []
    for peer in (peer for peer in peers if peer in PEERS_OF_MANY):
        found = together(case, (peer,), binary, rounds)
        rows += found if not rows else [row for row in found if row["contestant"] == peer]
    return rows


def together(case: str, peers: tuple[str, ...], binary: str, rounds: int) -> list[dict[str, object]]:
    _, _, dimension, classes = CASES[case]
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/start.safetensors"
        ours = start(case, None, binary, file)
        contestants, losses, turns, gone = [ours], {}, {}, []
        for peer in (None, *peers):
            if peer:
                contestants.append(start(case, peer, binary, file))
            contestant = contestants[-1]
            try:
                losses[contestant.name] = contestant.warm("head 1")["loss"]
                contestant.warm("head 2")
                last = contestant.ask("head 1")["seconds"][0]
                turns[contestant.name] = max(1, int(TURN_SECONDS / last))
            except ChildProcessError as error:
                gone.append((peer, str(error)))
                contestants.pop()
        # The head's own peak comes before the floors' memory.
        peaks = {contestant.name: contestant.ask("head 1") for contestant in contestants}
        floors: dict[str, list[float]] = {"floor": [], "fastest": []}
        for name in floors:
            ours.ask(f"{name} 1")
        for round in range(rounds):
            for name, times in floors.items():
                times.append(statistics.median(ours.ask(f"{name} {turns['ours']}")["seconds"]))
            for contestant in contestants:
                contestant.take_turn(f"head {turns[contestant.name]}")
            print(f"\r{case}: round {round + 1} of {rounds}", end="", file=sys.stderr)
        print(file=sys.stderr)
        for contestant in contestants:
            contestant.close()
    for name, loss in losses.items():
        if abs(loss - losses["ours"]) > LOSS_TOLERANCE * abs(loss):
            print(f"{case}: {name}'s loss is {loss}, ours {losses['ours']}", file=sys.stderr)
    gradient = 4 * classes * dimension
    rows = [{"case": case, "contestant": name, "milliseconds": f"{1e3 * statistics.median(times):.2f}"}
            for name, times in floors.items()]
    for contestant in contestants:
        middle = [statistics.median(turn) for turn in contestant.turns]
        own = [statistics.median(turn) for turn in ours.turns]
        peak = peaks[contestant.name]

        def ratio(times: list[float]) -> str:
            return f"{statistics.median(a / b for a, b in zip(middle, times)):.3f}"

        rows.append({
            "case": case, "contestant": contestant.name,
            "milliseconds": f"{1e3 * statistics.median(middle):.2f}",
            "over_floor": ratio(floors["floor"]), "over_fastest": ratio(floors["fastest"]),
            "ours_is_faster": ratio(own),
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
    fields = ["case", "contestant", "milliseconds", "over_floor", "over_fastest", "ours_is_faster", "memory_megabytes",
              "warm_up_seconds"]
    print(f"{'':28} {'':16} {'ms':>10} {'/ floor':>8} {'/ fastest':>9} {'ours is':>9} {'MB':>6} {'warm-up':>8}")
    rows = []
    for case in arguments.only or CASES:
        for row in measure(case, arguments.binary, arguments.rounds):
            rows.append(row)
            faster = f"{row['ours_is_faster']}×" if "ours_is_faster" in row else ""
            print(f"{case:28} {row['contestant']:16} {row['milliseconds']:>10} {row.get('over_floor', ''):>8} "
                  f"{row.get('over_fastest', ''):>9} {faster:>9} {row.get('memory_megabytes', ''):>6} {row.get('warm_up_seconds', ''):>6}", flush=True)
    if arguments.csv:
        write_table(arguments.csv, fields, rows)


if __name__ == "__main__":
    main()
