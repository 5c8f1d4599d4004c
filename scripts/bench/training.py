"""Training steps per second, ours beside PyTorch's, in one run: `make bench`.

    python3 scripts/bench/training.py BENCH_TRAINING [--rounds 12] [--only sfnet-small-prelu] [--csv FILE]

Each contestant is a process that holds the same network, weights, pictures and labels. They take turns, a few steps
at a time, so that whatever else the machine does falls on all of them. First come two steps, whose losses must agree,
and some more to warm up. Where a case has files, each step decodes a batch of 32×32 JPEGs: by our loader, and by torch's
DataLoader with two workers and Pillow. The figure is the median step; a ratio is the median over rounds of the ratio within a round, with the
range of the middle half.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

import numpy as np
from contestant import Contestant, processor, write_table
from PIL import Image

PEER = Path(__file__).with_name("torch_training.py")
# Network, activation, batch, steps per turn; a network's name may end in its width.
CASES = {
    "sfnet-20-prelu": ("sfnet-20", "prelu", 16, 2),
    "sfnet-small-prelu": ("sfnet-small", "prelu", 64, 40),
    "sfnet-20-relu": ("sfnet-20", "relu", 16, 2),
    "sfnet-small-relu": ("sfnet-small", "relu", 64, 40),
    "iresnet-18-prelu": ("iresnet-18", "prelu", 16, 1),
    "resnet-cifar-20-relu": ("resnet-cifar-20", "relu", 64, 20),
    "camri-net-relu": ("camri-net", "relu", 64, 1),
    "camri-net/8-relu": ("camri-net/8", "relu", 64, 20),
    # With a batch of JPEG pictures decoded for each step.
    "resnet-cifar-20-files-relu": ("resnet-cifar-20", "relu", 64, 20),
    "camri-net-files-relu": ("camri-net", "relu", 64, 1),
    "camri-net/8-files-relu": ("camri-net/8", "relu", 64, 20),
}
FILES = 2560
SIDE = 32
PEERS = ("eager", "channels-last", "compiled")
WARM_UP_STEPS = 3
LOSS_TOLERANCE = 1e-3
# Of networks with dropout: each side draws masks of its own.
LOSS_TOLERANCE_OF_MASKS = 0.1


def write_pictures(folder: Path) -> None:
    """Smooth patches of random colours, in ten classes."""
    random = np.random.default_rng(1)
    for number in range(FILES):
        patch = Image.fromarray(random.integers(0, 256, (8, 8, 3), dtype=np.uint8))
        target = folder / f"{number % 10}" / f"{number:05}.jpg"
        target.parent.mkdir(parents=True, exist_ok=True)
        patch.resize((SIDE, SIDE), Image.Resampling.BICUBIC).save(target, quality=90)


def measure(case: str, binary: str, rounds: int) -> list[dict[str, object]]:
    network, activation, batch, steps = CASES[case]
    with tempfile.TemporaryDirectory() as folder:
        start = f"{folder}/start.safetensors"
        files = []
        if "-files-" in case:
            files = [f"{folder}/pictures"]
            write_pictures(Path(files[0]))
        contestants = [Contestant("ours", [binary, network, activation, str(batch), start, *files])]
        losses = {}
        for peer in (None, *PEERS):
            if peer:
                contestants.append(
                    Contestant(peer, [sys.executable, str(PEER), peer, network, activation, start, *files]))
            contestant = contestants[-1]
            try:
                losses[contestant.name] = contestant.warm("2")["loss"]
                contestant.warm(str(WARM_UP_STEPS))
            except ChildProcessError as error:
                print(f"{case}: {error}", file=sys.stderr)
                contestants.pop()
                continue
        for round in range(rounds):
            for contestant in contestants:
                contestant.take_turn(str(steps))
            print(f"\r{case}: round {round + 1} of {rounds}", end="", file=sys.stderr)
        print(file=sys.stderr)
        for contestant in contestants:
            contestant.close()
    for name, loss in losses.items():
        tolerance = LOSS_TOLERANCE_OF_MASKS if network.startswith("camri-net") else LOSS_TOLERANCE
        if abs(loss - losses["ours"]) > tolerance * abs(loss):
            raise SystemExit(f"{case}: after two steps {name}'s loss is {loss}, ours {losses['ours']}")
    return [row(case, batch, contestant, contestants[0]) for contestant in contestants]


def row(case: str, batch: int, contestant: Contestant, ours: Contestant) -> dict[str, object]:
    ratios = [statistics.median(theirs) / statistics.median(mine)
              for theirs, mine in zip(contestant.turns, ours.turns, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    seconds = statistics.median([second for turn in contestant.turns for second in turn])
    return {"case": case, "batch": batch, "contestant": contestant.name, "samples_per_second": f"{batch / seconds:.1f}",
            "ours_is_faster": f"{middle:.3f}", "quartile_1": f"{low:.3f}", "quartile_3": f"{high:.3f}",
            "warm_up_seconds": f"{contestant.warm_up:.1f}"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", help="the built bench-training")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--only", choices=sorted(CASES), action="append")
    parser.add_argument("--csv", type=Path, help="write the table there as well")
    arguments = parser.parse_args()
    import torch

    print(f"{processor()}, {torch.get_num_threads()} threads, torch {torch.__version__}")
    print(f"{'':22} {'':14} {'samples/s':>10} {'ours is':>8} {'':15} warm-up")
    rows = []
    for case in arguments.only or CASES:
        for entry in measure(case, arguments.binary, arguments.rounds):
            rows.append(entry)
            times = "" if entry["contestant"] == "ours" else (
                f"{entry['ours_is_faster']}× ({entry['quartile_1']}–{entry['quartile_3']})")
            print(f"{case:22} {entry['contestant']:14} {entry['samples_per_second']:>10} {times:>24} "
                  f"{entry['warm_up_seconds']:>6} s", flush=True)
    if arguments.csv:
        write_table(arguments.csv, list(rows[0]), rows)


if __name__ == "__main__":
    main()
