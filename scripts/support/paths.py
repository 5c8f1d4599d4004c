"""Where the repository and its data lie."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def add_data_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, default=None,
        help="data root; otherwise ANGULARMARGIN_DATA, otherwise ../shared/data beside the repository",
    )


def data_root(argument: Path | None) -> Path:
    """The data root, looked up under `--data`, ANGULARMARGIN_DATA and ../shared/data in that order."""
    if argument is not None:
        root, origin = argument, "--data"
    elif "ANGULARMARGIN_DATA" in os.environ:
        root, origin = Path(os.environ["ANGULARMARGIN_DATA"]), "ANGULARMARGIN_DATA"
    else:
        root, origin = REPOSITORY.parent / "shared" / "data", "the default, ../shared/data"
    if not root.is_dir():
        raise SystemExit(f"data root {root} (from {origin}) is no folder; name one with --data")
    return root


def data_set(root: Path, name: str) -> Path:
    """The folder of one data set under the data root."""
    folder = root / name
    if not folder.is_dir():
        raise SystemExit(f"data root {root} has no folder {name}")
    return folder
