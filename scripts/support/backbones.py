"""Published backbones in plain PyTorch: the oracle of their fixtures.

Parts bear the names of the implementations whose weights are in use, so that state dictionaries agree.
"""

from __future__ import annotations

from torch import Tensor, nn


def convolution(inputs: int, outputs: int, size: int, stride: int = 1, groups: int = 1) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, size, stride, padding=size // 2, groups=groups, bias=False)


def projection(inputs: int, outputs: int, stride: int) -> nn.Sequential | None:
    """The shortcut where a block changes the shape; None for the identity."""
    if stride == 1 and inputs == outputs:
        return None
    return nn.Sequential(convolution(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))


def halved(size: int, times: int) -> int:
    for _ in range(times):
        size = (size + 1) // 2
    return size


class IResNetBlock(nn.Module):
    """bn3(conv2(prelu(bn2(conv1(bn1(x)))))) + shortcut(x)"""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = convolution(inputs, outputs, 3)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.prelu = nn.PReLU(outputs)
        self.conv2 = convolution(outputs, outputs, 3, stride)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.downsample = projection(inputs, outputs, stride)

    def forward(self, x: Tensor) -> Tensor:
        y = self.bn3(self.conv2(self.prelu(self.bn2(self.conv1(self.bn1(x))))))
        return y + (x if self.downsample is None else self.downsample(x))


class IResNet(nn.Module):
    """insightface arcface_torch's iresnet, without dropout."""

    def __init__(self, blocks: tuple[int, ...], input: tuple[int, int, int], embedding: int) -> None:
        super().__init__()
        self.conv1 = convolution(input[0], 64, 3)
        self.bn1 = nn.BatchNorm2d(64)
        self.prelu = nn.PReLU(64)
        width = 64
        for stage, count in enumerate(blocks):
            outputs = 64 << stage
            parts = [IResNetBlock(outputs if k else width, outputs, 1 if k else 2) for k in range(count)]
            self.add_module(f"layer{stage + 1}", nn.Sequential(*parts))
            width = outputs
        self.bn2 = nn.BatchNorm2d(512)
        self.fc = nn.Linear(512 * halved(input[1], 4) * halved(input[2], 4), embedding)
        self.features = nn.BatchNorm1d(embedding)

    def forward(self, x: Tensor) -> Tensor:
        x = self.prelu(self.bn1(self.conv1(x)))
        for layer in (self.layer1, self.layer2, self.layer3, self.layer4):
            x = layer(x)
        return self.features(self.fc(self.bn2(x).flatten(1)))
