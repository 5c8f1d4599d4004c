"""A process that does measured work when it is told to, and the machine it runs on."""

from __future__ import annotations

import csv
import json
import platform
import subprocess
import time
from pathlib import Path


class Contestant:
    """Reads a line, works, and answers with a line of JSON that has the durations in `seconds`."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.turns: list[list[float]] = []
        self.warm_up = 0.0

    def ask(self, line: str) -> dict:
        try:
            self.process.stdin.write(f"{line}\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise ChildProcessError(f"{self.name} ended with exit code {self.process.wait()}")
        return json.loads(answer)

    def warm(self, line: str) -> dict:
        """As `ask`, and notes how long it took."""
        begin = time.perf_counter()
        answer = self.ask(line)
        self.warm_up += time.perf_counter() - begin
        return answer

    def take_turn(self, line: str) -> None:
        self.turns.append(self.ask(line)["seconds"])

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def write_table(path: Path, fields: list[str], rows: list[dict[str, object]]) -> None:
    """The rows as CSV, with the processor and PyTorch's version before them."""
    import torch

    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["processor", "torch", *fields], restval="")
        writer.writeheader()
        writer.writerows({"processor": processor(), "torch": torch.__version__, **row} for row in rows)
