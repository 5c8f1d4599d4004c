"""JPEGs per second from files to batches of float tensors: our loader, Pillow's and OpenCV's, in one run.

    python3 scripts/bench/loader.py [--data ROOT] [--pictures 2000] [--seconds 6] [--rounds 3] [--output FILE.csv]

Needs torch, numpy, pillow and opencv-python-headless, and `bench-loader` built for release
(scripts/swift.sh build -c release --product bench-loader). The pictures are 250×250 JPEGs of quality 90, each a real one
of `faces_lfw_mini` turned a little, and the same at 32×32. The work is the same everywhere: read, decode to RGB, scale
to the network's input by averaging (Pillow's BILINEAR, OpenCV's AREA), mirror half of them, a factor of brightness and
one of contrast from 0.8 to 1.2, (v − 127.5) / 127.5, channels first, batches of 64. Pillow and OpenCV run as a plain loop
and in torch's DataLoader with two workers, as their users write it. Rounds alternate between the loaders; medians count.

Then: what a training step waits for its batch, on all cores, decoding included.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import torch
from PIL import Image, ImageEnhance
from torch.utils.data import DataLoader, Dataset

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.paths import REPOSITORY, add_data_argument, data_root, data_set

BATCH = 64
BENCH = REPOSITORY / ".build" / "release" / "bench-loader"


def write_pictures(source: Path, folder: Path, side: int, count: int) -> None:
    """Real pictures, turned and cut a little, so that no two files are the same."""
    originals = sorted(source.glob("*/*.jpg"))
    if not originals:
        raise SystemExit(f"{source} holds no JPEG pictures")
    random = np.random.default_rng(1)
    for number in range(count):
        original = originals[number % len(originals)]
        picture = Image.open(original).convert("RGB").rotate(random.uniform(-8, 8), Image.Resampling.BICUBIC)
        margin = int(random.integers(10, 30))
        picture = picture.crop((margin, margin, picture.width - margin, picture.height - margin))
        target = folder / original.parent.name / f"{number}.jpg"
        target.parent.mkdir(parents=True, exist_ok=True)
        picture.resize((side, side), Image.Resampling.BICUBIC).save(target, quality=90)


class Files(Dataset):
    """Files in a shuffled order; subclasses load one."""

    def __init__(self, folder: Path, side: int) -> None:
        self.paths = [str(path) for path in sorted(folder.glob("*/*.jpg"))]
        np.random.default_rng(2).shuffle(self.paths)
        self.side = side

    def __len__(self) -> int:
        return len(self.paths)


class Pillow(Files):
    def __getitem__(self, index: int) -> torch.Tensor:
        with Image.open(self.paths[index]) as file:
            picture = file.convert("RGB")
        picture = picture.resize((self.side, self.side), Image.Resampling.BILINEAR)
        flip, brightness, contrast = torch.rand(3).tolist()
        if flip < 0.5:
            picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        picture = ImageEnhance.Brightness(picture).enhance(0.8 + 0.4 * brightness)
        picture = ImageEnhance.Contrast(picture).enhance(0.8 + 0.4 * contrast)
        values = torch.from_numpy(np.array(picture)).permute(2, 0, 1)
        return values.float().sub_(127.5).div_(127.5).contiguous()


class OpenCV(Files):
    def __getitem__(self, index: int) -> torch.Tensor:
        picture = cv2.cvtColor(cv2.imread(self.paths[index]), cv2.COLOR_BGR2RGB)
        picture = cv2.resize(picture, (self.side, self.side), interpolation=cv2.INTER_AREA)
        flip, brightness, contrast = torch.rand(3).tolist()
        if flip < 0.5:
            picture = cv2.flip(picture, 1)
        picture = cv2.convertScaleAbs(picture, alpha=0.8 + 0.4 * brightness)
        factor = 0.8 + 0.4 * contrast
        mean = round(cv2.mean(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))[0])
        # Below 0 it would come back positive: convertScaleAbs takes magnitudes, a table does not.
        table = np.clip(mean + factor * (np.arange(256) - mean), 0, 255).round().astype(np.uint8)
        picture = cv2.LUT(picture, table)
        values = torch.from_numpy(picture).permute(2, 0, 1)
        return values.float().sub_(127.5).div_(127.5).contiguous()


def plain(files: Files) -> Iterator[torch.Tensor]:
    for start in range(0, len(files) - BATCH + 1, BATCH):
        yield torch.stack([files[index] for index in range(start, start + BATCH)])


def two_workers(files: Files) -> DataLoader:
    # One thread for each worker, or OpenCV's own threads would fight over the cores.
    return DataLoader(
        files, batch_size=BATCH, num_workers=2, persistent_workers=True, drop_last=True,
        worker_init_fn=lambda _: cv2.setNumThreads(0))


def rate(batches: Callable[[], Iterator[torch.Tensor]], seconds: float) -> float:
    """Pictures per second, after an epoch that brings the files into the system's cache and starts the workers."""
    for _ in batches():
        pass
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        for batch in batches():
            count += len(batch)
            if time.perf_counter() - start >= seconds:
                break
    return count / (time.perf_counter() - start)


def ours(folder: Path, side: int, workers: int, seconds: float) -> float:
    return float(bench("load", folder, side, workers, round(seconds)))


def bench(*arguments: object) -> str:
    return subprocess.run(
        [BENCH, *map(str, arguments)], check=True, capture_output=True, text=True).stdout.strip()


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []:
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def loading(folder: Path, side: int, arguments: argparse.Namespace) -> dict[str, float]:
    torch.set_num_threads(1)
    loaders = {f"Pillow, {how.__name__.replace('_', ' ')}": (Pillow, how) for how in (plain, two_workers)}
    loaders |= {f"OpenCV, {how.__name__.replace('_', ' ')}": (OpenCV, how) for how in (plain, two_workers)}
    rates: dict[str, list[float]] = {}
    for _ in range(arguments.rounds):
        for workers in (0, 2):
            name = f"AngularMargin, {'plain' if workers == 0 else 'two workers'}"
            rates.setdefault(name, []).append(ours(folder, side, workers, arguments.seconds))
        for name, (kind, how) in loaders.items():
            cv2.setNumThreads(0)
            files = kind(folder, side)
            batches = (lambda: plain(files)) if how is plain else (lambda loader=two_workers(files): iter(loader))
            rates.setdefault(name, []).append(rate(batches, arguments.seconds))
    return {name: statistics.median(values) for name, values in rates.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_data_argument(parser)
    parser.add_argument("--pictures", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output", type=Path, default=REPOSITORY / "Results" / "loader.csv")
    arguments = parser.parse_args()
    if not BENCH.exists():
        raise SystemExit("build it first: scripts/swift.sh build -c release --product bench-loader")
    source = data_set(data_root(arguments.data), "faces_lfw_mini")
    rows: list[list[object]] = []

    def note(measure: str, work: str, system: str, value: float, unit: str) -> None:
        rows.append(["loader", measure, work, system, f"{value:.4g}", unit, processor(), os.cpu_count()])
        print(f"{measure:10} {work:28} {system:30} {value:10.4g} {unit}", flush=True)

    with tempfile.TemporaryDirectory() as work:
        for stored, side in ((250, 112), (32, 32)):
            folder = Path(work) / str(stored)
            write_pictures(source, folder, stored, arguments.pictures)
            for name, value in loading(folder, side, arguments).items():
                note("loading", f"{stored}x{stored} to {side}x{side}", name, value, "pictures/s")
        for network, stored, side, batch, steps in (
            ("sfnet-20", 250, 112, 16, 12), ("sfnet-small", 32, 32, 64, 60), ("mobilefacenet", 250, 112, 16, 12),
        ):
            values = bench("wait", Path(work) / str(stored), network, side, batch, steps).split(",")
            for kind, value in zip(("step, batch in memory", "step, batch from files", "wait for the batch"), values):
                note("training", f"{network} {side}x{side} batch {batch}", kind, float(value), "ms")
    with arguments.output.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["study", "measure", "work", "system", "value", "unit", "processor", "cores"])
        writer.writerows(rows)


if __name__ == "__main__":
    main()
