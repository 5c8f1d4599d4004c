"""State dictionaries whose numbers are computed, not stored (scripts/fixtures/README.md)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from support.splitmix import uniform

Network = TypeVar("Network", bound=nn.Module)


def state(network: nn.Module) -> Iterator[tuple[str, str, Tensor]]:
    """Name, kind and tensor of every entry of the state dictionary, in its order, without the batch counters."""
    kinds = {nn.Conv2d: "conv", nn.Linear: "linear", nn.PReLU: "prelu",
             nn.BatchNorm2d: "norm", nn.BatchNorm1d: "norm"}
    for name, tensor in network.state_dict().items():
        module, field = name.rsplit(".", 1)
        if field != "num_batches_tracked":
            yield name, f"{kinds[type(network.get_submodule(module))]}.{field}", tensor


def parameter(k: int, kind: str, shape: tuple[int, ...]) -> Tensor:
    """Entry `k` of the state dictionary: the hash in Float64, shaped by its kind, rounded to Float32."""
    u = uniform(k, shape)
    if kind in ("conv.weight", "linear.weight"):
        values = u * math.sqrt(3 / math.prod(shape[1:]))
    elif kind == "prelu.weight":
        values = 0.25 + 0.05 * u
    elif kind == "norm.weight":
        values = 1 + 0.1 * u
    elif kind == "norm.running_var":
        values = 1 + 0.5 * np.abs(u)
    elif kind in ("norm.bias", "norm.running_mean", "conv.bias", "linear.bias"):
        values = 0.1 * u
    else:
        raise ValueError(f"no rule for a parameter of kind {kind}")
    return torch.from_numpy(values.astype(np.float32))


def filled(network: Network) -> Network:
    """The network in Float64 and evaluation mode, with the parameters of the rule."""
    network = network.double().eval()
    with torch.no_grad():
        for k, (_, kind, tensor) in enumerate(state(network)):
            tensor.copy_(parameter(k, kind, tuple(tensor.shape)))
    return network
