"""Samples per second of SFNet in PyTorch: the peer of `margin`'s own speed.

    python3 scripts/bench/torch_sfnet.py [--depth 20] [--batch 64] [--device cpu] [--threads 2] [--seconds 20]

A training step is forward, backward of ½ Σ embedding² / batch and one SGD step (momentum 0.9, weight decay 5e-4) on 3×112×112
noise with batch normalisation and PReLU; inference is the forward pass alone. Each variant is warmed up, then repeated for
the given time; the median step counts, on an otherwise idle machine. The compiled variant needs a C++ compiler.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.sfnet import BLOCKS_OF_DEPTH, Configuration, SFNet

WARM_UP_STEPS = 3
# Name: channels-last memory and the fused optimiser, torch.compile.
VARIANTS = {"eager": (False, False), "channels_last + fused SGD": (True, False), "compiled": (True, True)}


def steps(arguments: argparse.Namespace, fused: bool, compiled: bool) -> tuple[Callable[[], None], Callable[[], None]]:
    """One training step and one inference step of a fresh network."""
    torch.manual_seed(0)
    layout = torch.channels_last if fused else torch.contiguous_format
    network = SFNet(Configuration(BLOCKS_OF_DEPTH[arguments.depth])).to(arguments.device, memory_format=layout)
    inputs = torch.randn(arguments.batch, 3, 112, 112).to(arguments.device, memory_format=layout)
    optimiser = torch.optim.SGD(network.parameters(), lr=1e-4, momentum=0.9, weight_decay=5e-4, fused=fused)
    forward = torch.compile(network) if compiled else network

    def train() -> None:
        network.train()
        optimiser.zero_grad()
        (forward(inputs).square().sum() / (2 * arguments.batch)).backward()
        optimiser.step()

    @torch.inference_mode()
    def infer() -> None:
        network.eval()
        forward(inputs)

    return train, infer


def samples_per_second(step: Callable[[], None], arguments: argparse.Namespace) -> float:
    for _ in range(WARM_UP_STEPS):
        step()
    durations: list[float] = []
    while sum(durations) < arguments.seconds:
        synchronise(arguments.device)
        start = time.perf_counter()
        step()
        synchronise(arguments.device)
        durations.append(time.perf_counter() - start)
    return arguments.batch / statistics.median(durations)


def synchronise(device: str) -> None:
    if device.startswith("cuda"):
        torch.cuda.synchronize(device)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--depth", type=int, choices=sorted(BLOCKS_OF_DEPTH), default=20)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--seconds", type=float, default=20, help="time for each measurement")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    print(f"SFNet-{arguments.depth}, batch {arguments.batch}, {arguments.device}, {arguments.threads} threads, "
          f"torch {torch.__version__}; samples/s")
    print(f"{'variant':27} {'train':>8} {'infer':>8}")
    for name, (fused, compiled) in VARIANTS.items():
        train, infer = (samples_per_second(step, arguments) for step in steps(arguments, fused, compiled))
        print(f"{name:27} {train:8.1f} {infer:8.1f}", flush=True)


if __name__ == "__main__":
    main()
