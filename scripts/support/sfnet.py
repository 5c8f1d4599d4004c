"""SFNet in plain PyTorch: the oracle of the network fixtures and the peer of the benchmark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn

BLOCKS_OF_DEPTH: dict[int, tuple[int, int, int, int]] = {
    4: (0, 0, 0, 0), 10: (0, 1, 2, 0), 20: (1, 2, 4, 1), 36: (2, 4, 8, 2), 64: (3, 8, 16, 3),
}


@dataclass(frozen=True)
class Configuration:
    """What fixes an SFNet.

    `residual` is "activate-add" for x + act(bn(conv2(...))), as in the published nets without batch normalisation,
    or "add-activate" for act(x + bn(conv2(...))). `embedding_norm` adds batch normalisation after the last layer.
    """

    blocks: tuple[int, ...]
    activation: Literal["prelu", "relu"] = "prelu"
    batch_norm: bool = True
    residual: Literal["activate-add", "add-activate"] = "activate-add"
    embedding_norm: bool = False
    channels: tuple[int, ...] = (64, 128, 256, 512)
    input: tuple[int, int, int] = (3, 112, 112)
    embedding: int = 512


def convolution(inputs: int, outputs: int, stride: int, configuration: Configuration) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=not configuration.batch_norm)


def normalisation(channels: int, configuration: Configuration) -> nn.Module:
    return nn.BatchNorm2d(channels) if configuration.batch_norm else nn.Identity()


def activation(channels: int, configuration: Configuration) -> nn.Module:
    return nn.PReLU(channels) if configuration.activation == "prelu" else nn.ReLU()


class Down(nn.Module):
    """Halves the picture: act(bn(conv(x))) with stride 2."""

    def __init__(self, inputs: int, outputs: int, configuration: Configuration) -> None:
        super().__init__()
        self.conv1 = convolution(inputs, outputs, 2, configuration)
        self.bn1 = normalisation(outputs, configuration)
        self.act1 = activation(outputs, configuration)

    def forward(self, x: Tensor) -> Tensor:
        return self.act1(self.bn1(self.conv1(x)))


class Residual(nn.Module):
    """Two convolutions beside the identity."""

    def __init__(self, channels: int, configuration: Configuration) -> None:
        super().__init__()
        self.add_first = configuration.residual == "add-activate"
        self.conv1 = convolution(channels, channels, 1, configuration)
        self.bn1 = normalisation(channels, configuration)
        self.act1 = activation(channels, configuration)
        self.conv2 = convolution(channels, channels, 1, configuration)
        self.bn2 = normalisation(channels, configuration)
        self.act2 = activation(channels, configuration)

    def forward(self, x: Tensor) -> Tensor:
        y = self.bn2(self.conv2(self.act1(self.bn1(self.conv1(x)))))
        return self.act2(x + y) if self.add_first else x + self.act2(y)


class SFNet(nn.Module):
    """Stages of one halving and some residual blocks, then one linear layer to the embedding."""

    def __init__(self, configuration: Configuration) -> None:
        super().__init__()
        channels, height, width = configuration.input
        for index, (outputs, blocks) in enumerate(zip(configuration.channels, configuration.blocks, strict=True)):
            residuals = [Residual(outputs, configuration) for _ in range(blocks)]
            self.add_module(f"layer{index + 1}", nn.Sequential(Down(channels, outputs, configuration), *residuals))
            channels, height, width = outputs, (height + 1) // 2, (width + 1) // 2
        self.stages = len(configuration.channels)
        self.fc = nn.Linear(channels * height * width, configuration.embedding)
        self.features = nn.BatchNorm1d(configuration.embedding) if configuration.embedding_norm else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        for index in range(self.stages):
            x = self.get_submodule(f"layer{index + 1}")(x)
        return self.features(self.fc(x.flatten(1)))
