"""PyTorch's contestants in training.py: the same network, batch and steps, as PyTorch's users write them.

    python3 scripts/bench/torch_training.py VARIANT NETWORK ACTIVATION START.safetensors [FOLDER]

With a folder of pictures per class, each step takes the next batch of them from torch's DataLoader with two workers.
Reads a number of steps per line and answers each with the steps' seconds and the last loss, as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support import backbones, sfnet

# Plain eager; with what PyTorch's tuning guide tells for processors; and the same compiled.
VARIANTS = ("eager", "channels-last", "compiled")


def network(name: str, activation: str) -> nn.Module:
    name, _, width = name.partition("/")
    family, _, size = name.rpartition("-")
    if name == "sfnet-small":
        return sfnet.SFNet(sfnet.Configuration(
            (0, 1, 1, 0), activation, channels=(32, 64, 128, 256), input=(3, 32, 32), embedding=128))
    if family == "sfnet":
        return sfnet.SFNet(sfnet.Configuration(sfnet.BLOCKS_OF_DEPTH[int(size)], activation, batch_norm=False))
    if family == "iresnet":
        blocks = {18: (2, 2, 2, 2), 50: (3, 4, 14, 3), 100: (3, 13, 30, 3)}[int(size)]
        return backbones.IResNet(blocks, (3, 112, 112), 512)
    if family == "resnet-cifar":
        return backbones.CIFARResNet(int(size), (3, 32, 32), 64)
    if name == "camri-net":
        return backbones.CAMRINet((3, 32, 32), 512, int(width or 64))
    raise SystemExit(f"no network {name}")


class CosFace(nn.Module):
    """s (cos θ − m) for the own class, s cos θ for the others, cross entropy."""

    def __init__(self, weights: Tensor, scale: float = 64, margin: float = 0.35) -> None:
        super().__init__()
        self.weight = nn.Parameter(weights)
        self.scale = scale
        self.margin = margin

    def forward(self, features: Tensor, labels: Tensor) -> Tensor:
        cosines = functional.linear(functional.normalize(features), functional.normalize(self.weight))
        margins = self.margin * functional.one_hot(labels, len(self.weight))
        return functional.cross_entropy(self.scale * (cosines - margins), labels)


class Pictures(Dataset):
    """The pictures of a folder per class, in the order of their names, from −1 to 1."""

    def __init__(self, folder: Path) -> None:
        classes = sorted(path.name for path in folder.iterdir())
        self.items = [(str(path), classes.index(path.parent.name)) for path in sorted(folder.glob("*/*.jpg"))]

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        path, label = self.items[index]
        with Image.open(path) as file:
            values = torch.from_numpy(np.array(file.convert("RGB"))).permute(2, 0, 1)
        return values.float().sub_(127.5).div_(127.5), label


def batches(start: dict[str, Tensor], folder: Path | None) -> Iterator[tuple[Tensor, Tensor]]:
    """One batch of noise for ever, or those of the folder, epoch after epoch."""
    if folder is None:
        while True:
            yield start["pictures"], start["labels"]
    loader = DataLoader(Pictures(folder), batch_size=len(start["labels"]), num_workers=2, persistent_workers=True,
                        drop_last=True)
    while True:
        yield from loader


def step_function(
    variant: str, name: str, activation: str, start: dict[str, Tensor], folder: Path | None
) -> Callable[[], float]:
    backbone = network(name, activation)
    backbone.load_state_dict({key.removeprefix("network."): value for key, value in start.items()
                              if key.startswith("network.")})
    head = CosFace(start["weights"])
    source = batches(start, folder)
    layout = torch.contiguous_format if variant == "eager" else torch.channels_last
    backbone = backbone.to(memory_format=layout).train()
    optimiser = torch.optim.SGD([*backbone.parameters(), *head.parameters()], lr=0.001, momentum=0.9,
                                weight_decay=5e-4, fused=True if variant != "eager" else None)
    forward = torch.compile(lambda x, y: head(backbone(x), y)) if variant == "compiled" else (
        lambda x, y: head(backbone(x), y))

    def step() -> float:
        pictures, labels = next(source)
        optimiser.zero_grad()
        loss = forward(pictures.contiguous(memory_format=layout), labels)
        loss.backward()
        optimiser.step()
        return loss.item()

    return step


def main() -> None:
    variant, name, activation, start, *folder = sys.argv[1:]
    if variant not in VARIANTS:
        raise SystemExit(f"no variant {variant}; there are {', '.join(VARIANTS)}")
    step = step_function(variant, name, activation, load_file(start), Path(folder[0]) if folder else None)
    for line in sys.stdin:
        seconds, loss = [], 0.0
        for _ in range(int(line)):
            begin = time.perf_counter()
            loss = step()
            seconds.append(time.perf_counter() - begin)
        print(json.dumps({"seconds": seconds, "loss": loss}), flush=True)


if __name__ == "__main__":
    main()
