"""PyTorch's contestants in heads.py: the same head on the same tensors, forward and backward.

    python3 scripts/bench/torch_heads.py VARIANT HEAD START.safetensors

Reads lines `head N` and answers each with N durations, the loss and the peak of memory, as JSON.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional

# As users write it; with as few passes over [B, C] as eager operators allow; that one compiled.
VARIANTS = ("eager", "lean", "compiled", "metric-learning")


def cosines(features: Tensor, weights: Tensor) -> Tensor:
    return functional.linear(functional.normalize(features), functional.normalize(weights))


def arcface_eager(features: Tensor, weights: Tensor, labels: Tensor, scale: float = 64, margin: float = 0.5) -> Tensor:
    cosine = cosines(features, weights)
    sine = torch.sqrt((1 - cosine ** 2).clamp(0, 1))
    moved = cosine * math.cos(margin) - sine * math.sin(margin)
    one_hot = functional.one_hot(labels, len(weights)).to(cosine)
    return functional.cross_entropy(scale * (one_hot * moved + (1 - one_hot) * cosine), labels)


def arcface_lean(features: Tensor, weights: Tensor, labels: Tensor, scale: float = 64, margin: float = 0.5) -> Tensor:
    cosine = cosines(features, weights)
    own = cosine.gather(1, labels[:, None])
    moved = own * math.cos(margin) - torch.sqrt((1 - own ** 2).clamp(0, 1)) * math.sin(margin)
    return functional.cross_entropy(scale * cosine.scatter(1, labels[:, None], moved), labels)


def sphereface2_lean(features: Tensor, weights: Tensor, labels: Tensor, bias: Tensor,
                     r: float = 40, m: float = 0.4, t: float = 3, positive: float = 0.7) -> Tensor:
    adjusted = 2 * ((cosines(features, weights) + 1) / 2) ** t - 1
    others = functional.softplus(r * (adjusted + m) + bias)
    own = adjusted.gather(1, labels[:, None])
    target = functional.softplus(-r * (own - m) - bias)
    sums = others.sum(1, keepdim=True) - others.gather(1, labels[:, None])
    return ((positive * target + (1 - positive) * sums) / r).mean()


def sphereface2_eager(features: Tensor, weights: Tensor, labels: Tensor, bias: Tensor,
                      r: float = 40, m: float = 0.4, t: float = 3, positive: float = 0.7) -> Tensor:
    adjusted = 2 * ((cosines(features, weights) + 1) / 2) ** t - 1
    one_hot = functional.one_hot(labels, len(weights)).to(adjusted)
    target = functional.softplus(-r * (adjusted - m) - bias)
    others = functional.softplus(r * (adjusted + m) + bias)
    return ((positive * one_hot * target + (1 - positive) * (1 - one_hot) * others) / r).sum(1).mean()


def virtual_softmax(features: Tensor, weights: Tensor, labels: Tensor) -> Tensor:
    logits = features @ weights.T
    virtual = weights[labels].norm(dim=1, keepdim=True) * features.norm(dim=1, keepdim=True)
    return functional.cross_entropy(torch.cat([logits, virtual], 1), labels)


HEADS = {
    "arcface": {"eager": arcface_eager, "lean": arcface_lean, "compiled": arcface_lean},
    "sphereface2": {"eager": sphereface2_eager, "lean": sphereface2_lean, "compiled": sphereface2_lean},
    "virtual-softmax": {"lean": virtual_softmax, "compiled": virtual_softmax},
}


def metric_learning(classes: int, dimension: int) -> Callable[..., Tensor]:
    from pytorch_metric_learning.losses import ArcFaceLoss

    loss = ArcFaceLoss(classes, dimension, margin=math.degrees(0.5), scale=64)

    def head(features: Tensor, weights: Tensor, labels: Tensor) -> Tensor:
        loss.W = torch.nn.Parameter(weights.T)
        return loss(features, labels)

    return head


def memory(line: str) -> int:
    found = next(text for text in Path("/proc/self/status").read_text().splitlines() if text.startswith(line))
    return int(found.split()[1]) * 1024


def main() -> None:
    variant, name, start = sys.argv[1:]
    tensors = load_file(start)
    labels = tensors.pop("labels")
    inputs = [tensors[key].clone().requires_grad_() for key in ("features", "weights", "bias") if key in tensors]
    del tensors
    if variant == "metric-learning":
        head = metric_learning(len(inputs[1]), inputs[0].shape[1])
    else:
        head = HEADS[name][variant]
        if variant == "compiled":
            head = torch.compile(head)
    before = memory("VmRSS")
    for line in sys.stdin:
        seconds = []
        for _ in range(int(line.split()[1])):
            for tensor in inputs:
                tensor.grad = None
            begin = time.perf_counter()
            loss = head(inputs[0], inputs[1], labels, *inputs[2:])
            loss.backward()
            value = loss.item()
            seconds.append(time.perf_counter() - begin)
        print(json.dumps({"seconds": seconds, "loss": value, "before": before, "peak": memory("VmHWM")}), flush=True)


if __name__ == "__main__":
    main()
