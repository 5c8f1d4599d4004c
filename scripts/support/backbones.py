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


class ResNetBlock(nn.Module):
    """Two 3×3 convolutions, or a bottleneck of 1×1, 3×3, 1×1, beside the shortcut."""

    def __init__(self, inputs: int, channels: int, stride: int, bottleneck: bool) -> None:
        super().__init__()
        self.outputs = 4 * channels if bottleneck else channels
        if bottleneck:
            self.conv1, self.bn1 = convolution(inputs, channels, 1), nn.BatchNorm2d(channels)
            self.conv2, self.bn2 = convolution(channels, channels, 3, stride), nn.BatchNorm2d(channels)
            self.conv3, self.bn3 = convolution(channels, self.outputs, 1), nn.BatchNorm2d(self.outputs)
        else:
            self.conv1, self.bn1 = convolution(inputs, channels, 3, stride), nn.BatchNorm2d(channels)
            self.conv2, self.bn2 = convolution(channels, channels, 3), nn.BatchNorm2d(channels)
        self.bottleneck = bottleneck
        self.downsample = projection(inputs, self.outputs, stride)

    def forward(self, x: Tensor) -> Tensor:
        y = self.bn2(self.conv2(self.bn1(self.conv1(x)).relu()))
        if self.bottleneck:
            y = self.bn3(self.conv3(y.relu()))
        return (y + (x if self.downsample is None else self.downsample(x))).relu()


class ResNet(nn.Module):
    """torchvision's resnet, its last layer made one to an embedding."""

    def __init__(
        self, blocks: tuple[int, ...], bottleneck: bool, input: tuple[int, int, int], embedding: int
    ) -> None:
        super().__init__()
        self.conv1 = convolution(input[0], 64, 7, 2)
        self.bn1 = nn.BatchNorm2d(64)
        self.maxpool = nn.MaxPool2d(3, 2, padding=1)
        width = 64
        for stage, count in enumerate(blocks):
            parts = []
            for k in range(count):
                parts.append(ResNetBlock(width, 64 << stage, 2 if stage and not k else 1, bottleneck))
                width = parts[-1].outputs
            self.add_module(f"layer{stage + 1}", nn.Sequential(*parts))
        self.fc = nn.Linear(width, embedding)

    def forward(self, x: Tensor) -> Tensor:
        x = self.maxpool(self.bn1(self.conv1(x)).relu())
        for layer in (self.layer1, self.layer2, self.layer3, self.layer4):
            x = layer(x)
        return self.fc(x.mean((2, 3)))


class CIFARBlock(nn.Module):
    """relu(bn2(conv2(relu(bn1(conv1(x))))) + shortcut(x)), the shortcut without parameters (option A)."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.conv1, self.bn1 = convolution(inputs, outputs, 3, stride), nn.BatchNorm2d(outputs)
        self.conv2, self.bn2 = convolution(outputs, outputs, 3), nn.BatchNorm2d(outputs)
        self.stride = stride
        self.added = (outputs - inputs) // 2

    def forward(self, x: Tensor) -> Tensor:
        y = self.bn2(self.conv2(self.bn1(self.conv1(x)).relu()))
        kept = x[:, :, ::self.stride, ::self.stride]
        return (y + nn.functional.pad(kept, (0, 0, 0, 0, self.added, self.added))).relu()


class CIFARResNet(nn.Module):
    """The residual network of 6n + 2 layers for small pictures, under the names of pytorch_resnet_cifar10."""

    def __init__(self, depth: int, input: tuple[int, int, int], embedding: int) -> None:
        super().__init__()
        self.conv1 = convolution(input[0], 16, 3)
        self.bn1 = nn.BatchNorm2d(16)
        width = 16
        for stage in range(3):
            outputs = 16 << stage
            parts = [CIFARBlock(outputs if k else width, outputs, 2 if stage and not k else 1)
                     for k in range((depth - 2) // 6)]
            self.add_module(f"layer{stage + 1}", nn.Sequential(*parts))
            width = outputs
        self.linear = nn.Linear(64, embedding)

    def forward(self, x: Tensor) -> Tensor:
        x = self.bn1(self.conv1(x)).relu()
        for layer in (self.layer1, self.layer2, self.layer3):
            x = layer(x)
        return self.linear(x.mean((2, 3)))


class CAMRINet(nn.Module):
    """CAMRI's network for CIFAR-10, of any width: rectified 3×3 convolutions, normalised here and there."""

    # Per stage: channels by width, the convolutions that batch normalisation follows, and whether maxima end it.
    STAGES = ((1, (False, True, False), True), (2, (False, True, False), True),
              (4, (False, True, False, False, True), False), (8, (False, False), False))

    def __init__(
        self, input: tuple[int, int, int], embedding: int, width: int = 64, dropout: float = 0.25
    ) -> None:
        super().__init__()
        inputs = input[0]
        for number, (factor, normalized, pooled) in enumerate(self.STAGES, 1):
            parts = nn.Sequential()
            for place, is_normalized in enumerate(normalized, 1):
                parts.add_module(f"conv{place}", nn.Conv2d(inputs, factor * width, 3, padding=1))
                parts.add_module(f"relu{place}", nn.ReLU())
                inputs = factor * width
                if is_normalized:
                    parts.add_module(f"bn{place}", nn.BatchNorm2d(inputs))
            if pooled:
                parts.add_module("pool", nn.MaxPool2d(2))
                parts.add_module("dropout", nn.Dropout(dropout))
            self.add_module(f"layer{number}", parts)
        self.fc = nn.Linear(inputs, embedding)
        self.features = nn.BatchNorm1d(embedding)

    def forward(self, x: Tensor) -> Tensor:
        for layer in (self.layer1, self.layer2, self.layer3, self.layer4):
            x = layer(x)
        return self.features(self.fc(x.mean((2, 3))))


class MobileUnit(nn.Module):
    """prelu(bn(conv(x))), the last left out of a linear one."""

    def __init__(self, inputs: int, outputs: int, kernel: int | tuple[int, int] = 1, stride: int = 1,
                 padding: int = 0, groups: int = 1, linear: bool = False) -> None:
        super().__init__()
        parts = [nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False),
                 nn.BatchNorm2d(outputs)]
        self.layers = nn.Sequential(*parts, *([] if linear else [nn.PReLU(outputs)]))

    def forward(self, x: Tensor) -> Tensor:
        return self.layers(x)


class MobileBottleneck(nn.Module):
    """narrow(depthwise(widen(x))), added to x where the shape stays."""

    def __init__(self, inputs: int, outputs: int, width: int, stride: int = 2, residual: bool = False) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            MobileUnit(inputs, width), MobileUnit(width, width, 3, stride, 1, groups=width),
            MobileUnit(width, outputs, linear=True))
        self.residual = residual

    def forward(self, x: Tensor) -> Tensor:
        return x + self.layers(x) if self.residual else self.layers(x)


class MobileResidual(nn.Module):
    """Bottlenecks with shortcuts, one after another."""

    def __init__(self, channels: int, width: int, count: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(*(MobileBottleneck(channels, channels, width, 1, True) for _ in range(count)))

    def forward(self, x: Tensor) -> Tensor:
        return self.layers(x)


class GlobalDepthwise(nn.Module):
    """A weight for every place and channel of the map, and the embedding."""

    def __init__(self, kernel: tuple[int, int], embedding: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            MobileUnit(512, 512, kernel, groups=512, linear=True), nn.Flatten(),
            nn.Linear(512, embedding, bias=False), nn.BatchNorm1d(embedding))

    def forward(self, x: Tensor) -> Tensor:
        return self.layers(x)


class MobileFaceNet(nn.Module):
    """insightface arcface_torch's mobilefacenet, the last kernel as large as the map."""

    def __init__(
        self, blocks: tuple[int, ...], scale: int, input: tuple[int, int, int], embedding: int
    ) -> None:
        super().__init__()
        narrow, wide = 64 * scale, 128 * scale
        second = (MobileUnit(narrow, narrow, 3, 1, 1, groups=64) if blocks[0] == 1
                  else MobileResidual(narrow, 128, blocks[0]))
        self.layers = nn.ModuleList([
            MobileUnit(input[0], narrow, 3, 2, 1), second,
            MobileBottleneck(narrow, narrow, 128), MobileResidual(narrow, 128, blocks[1]),
            MobileBottleneck(narrow, wide, 256), MobileResidual(wide, 256, blocks[2]),
            MobileBottleneck(wide, wide, 512), MobileResidual(wide, 256, blocks[3])])
        self.conv_sep = MobileUnit(wide, 512)
        self.features = GlobalDepthwise((halved(input[1], 4), halved(input[2], 4)), embedding)

    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers:
            x = layer(x)
        return self.features(self.conv_sep(x))
