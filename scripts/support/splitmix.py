"""The fixtures' number rule: a hash of two counters that every language can compute (scripts/fixtures/README.md)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

STRIDE_K = np.uint64(0x9E3779B97F4A7C15)
STRIDE_I = np.uint64(0xBF58476D1CE4E5B9)
OFFSET = np.uint64(0x94D049BB133111EB)


def uniform(k: int, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Sequence `k` of numbers in [-1, 1), multiples of 2^-23, filling `shape` in row-major order."""
    i = np.arange(math.prod(shape), dtype=np.uint64)
    with np.errstate(over="ignore"):
        x = np.uint64(k) * STRIDE_K + i * STRIDE_I + OFFSET
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x ^= x >> np.uint64(31)
    return ((x >> np.uint64(40)).astype(np.float64) / 2**24 * 2 - 1).reshape(shape)
