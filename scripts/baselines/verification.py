"""Pairwise cosine scores and the error rates of verification; scores are higher = same."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def pair_scores(embeddings: NDArray, labels: NDArray, first: NDArray | None = None,
                second: NDArray | None = None) -> tuple[Scores, Scores]:
    """Genuine and impostor cosines of all unordered pairs with one picture in `first` and the other in `second`.

    The two are masks over the pictures, by default all of them; a picture is never compared with itself.
    """
    everything = np.ones(len(labels), dtype=bool)
    first = everything if first is None else first
    second = everything if second is None else second
    unit = embeddings / np.maximum(np.linalg.norm(embeddings, axis=1, keepdims=True), 1e-12)
    rows, columns = np.triu_indices(len(labels), 1)
    wanted = (first[rows] & second[columns]) | (second[rows] & first[columns])
    rows, columns = rows[wanted], columns[wanted]
    scores = (unit @ unit.T)[rows, columns]
    same = labels[rows] == labels[columns]
    return scores[same], scores[~same]


def equal_error_rate(genuine: Scores, impostor: Scores) -> float:
    """EER by linear interpolation of FRR and FAR at their crossing; a score at the threshold is accepted."""
    thresholds = np.append(np.unique(np.concatenate([genuine, impostor])), np.inf)
    rejected = np.searchsorted(np.sort(genuine), thresholds, side="left") / len(genuine)
    accepted = 1 - np.searchsorted(np.sort(impostor), thresholds, side="left") / len(impostor)
    # The gap rises from -1 (everything accepted) to 1 (nothing accepted).
    gap = rejected - accepted
    after = int(np.argmax(gap >= 0))
    share = -gap[after - 1] / (gap[after] - gap[after - 1])
    return float(rejected[after - 1] + share * (rejected[after] - rejected[after - 1]))


def true_accept_rate(genuine: Scores, impostor: Scores, false_accept_rate: float) -> float:
    """TAR at the threshold where the share of impostors at or above it is `false_accept_rate`, rounded down."""
    accepted = int(false_accept_rate * len(impostor))
    if accepted == 0:
        raise ValueError(f"{len(impostor)} impostor pairs cannot show a false accept rate of {false_accept_rate}")
    threshold = np.partition(impostor, len(impostor) - accepted)[len(impostor) - accepted]
    return float(np.mean(genuine >= threshold))
