"""Draw a small data set of made-up signs: a folder per sign, with pictures that differ in place, light and noise.

    python3 scripts/support/drawn_pictures.py FOLDER [--signs 16] [--pictures 6]

The tests of the examples run on it. A sign is four strokes between random points; the pictures are PGM files.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

SIDE = 32
Point = tuple[float, float]


def distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the nearest one of a stroke."""
    (x, y), (x0, y0), (x1, y1) = point, start, end
    length = (x1 - x0) ** 2 + (y1 - y0) ** 2 or 1e-9
    along = min(1.0, max(0.0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length))
    return ((x - x0 - along * (x1 - x0)) ** 2 + (y - y0 - along * (y1 - y0)) ** 2) ** 0.5


def picture(strokes: list[tuple[Point, Point]], rng: random.Random) -> bytes:
    """The strokes, shifted a little, in a light of their own, with noise."""
    dx, dy = rng.uniform(-2, 2), rng.uniform(-2, 2)
    light = rng.uniform(0.7, 1)
    moved = [((x0 + dx, y0 + dy), (x1 + dx, y1 + dy)) for (x0, y0), (x1, y1) in strokes]
    values = []
    for y in range(SIDE):
        for x in range(SIDE):
            ink = max(0.0, 1 - min(distance((x, y), *stroke) for stroke in moved) / 2)
            values.append(min(255, max(0, round(light * 230 * ink + rng.gauss(15, 8)))))
    return f"P5\n{SIDE} {SIDE}\n255\n".encode() + bytes(values)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--signs", type=int, default=16)
    parser.add_argument("--pictures", type=int, default=6)
    arguments = parser.parse_args()
    rng = random.Random(1)
    for sign in range(arguments.signs):
        corners = [(rng.uniform(5, SIDE - 6), rng.uniform(5, SIDE - 6)) for _ in range(5)]
        strokes = list(zip(corners, corners[1:]))
        folder = arguments.folder / f"sign{sign + 1}"
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(arguments.pictures):
            (folder / f"{number + 1}.pgm").write_bytes(picture(strokes, rng))


if __name__ == "__main__":
    main()
