"""Trains a head of a million classes for some steps, stops it, goes on from its checkpoint, and says what it took.

    python3 scripts/bench/million.py .build/release/margin [--steps 8] [--set key=value ...]

Fails where a session needed more than 8 GB.
"""

import argparse
import tempfile
from pathlib import Path

from measured_run import measure

LIMIT = 8e9

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("margin")
parser.add_argument("--steps", type=int, default=8)
parser.add_argument("--set", nargs="*", default=[], dest="settings")
arguments = parser.parse_args()

recipe = Path(__file__).resolve().parents[2] / "Recipes/speed/million.yaml"
with tempfile.TemporaryDirectory(dir=".") as runs:
    print("session   steps   peak GB   step s   checkpoint s", flush=True)
    peaks = []
    for session, resume in [("fresh", False), ("resumed", True)]:
        found = measure(
            arguments.margin, str(recipe), runs, "million", arguments.steps, arguments.settings, resume)
        peaks.append(found["peak"])
        print(
            f"{session:8}  {found['steps']:5}   {found['peak'] / 1e9:7.2f}   {found['step']:6.2f}   {found['save']:6.1f}",
            flush=True)
if max(peaks) > LIMIT:
    raise SystemExit(f"more than {LIMIT / 1e9:.0f} GB were needed")
