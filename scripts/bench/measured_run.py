"""A training run that is watched for some steps and then stopped: its peak of memory and the time of its steps."""

import json
import shutil
import signal
import statistics
import subprocess
import time
from pathlib import Path


def status(process, name):
    """A line of Linux's account of a process, in bytes."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) * 1024
    return 0


def steps_of(log):
    """Seconds since the session began, of each step that the log's last session has."""
    if not log.exists():
        return []
    found = []
    for line in log.read_text().splitlines():
        try:
            event = json.loads(line)
        except json.JSONDecodeError:
            continue
        if event.get("event") == "step":
            seconds = event["seconds"]
            if found and seconds < found[-1]:
                found = []
            found.append(seconds)
    return found


def measure(margin, recipe, runs, name, steps, settings=(), resume=False):
    """Trains until so many steps of this session are done, stops the run as Ctrl-C does, and waits for it to save.

    Answers with the peak of memory (bytes), the median time of a step and the time from the stop to the end, which is
    the checkpoint's, in seconds.
    """
    command = [margin, "train", recipe, "--runs", str(runs), "--resume" if resume else "--overwrite"]
    command += ["--set", f"name={name}", *settings]
    if not resume:
        # A log that is there already would be taken for this run's.
        shutil.rmtree(Path(runs) / name, ignore_errors=True)
    log = Path(runs) / name / "log.jsonl"
    before = len(steps_of(log)) if resume else 0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    peak, stopped, errors = 0, None, ""
    marker = log.stat().st_size if resume and log.exists() else 0
    try:
        while process.poll() is None:
            try:
                peak = max(peak, status(process.pid, "VmHWM"))
            except OSError:
                break
            if stopped is None and log.exists() and log.stat().st_size > marker:
                done = steps_of(log)
                if len(done) >= steps and (not resume or done[0] < done[-1] and len(done) != before):
                    process.send_signal(signal.SIGINT)
                    stopped = time.monotonic()
            time.sleep(0.05)
        errors = process.stderr.read()
        code = process.wait()
    finally:
        if process.poll() is None:
            process.kill()
    if code not in (0, 130):
        raise SystemExit(f"{' '.join(command)} ended with {code}:\n{errors}")
    seconds = steps_of(log)
    durations = [after - first for first, after in zip(seconds, seconds[1:])]
    return {
        "peak": peak,
        "step": statistics.median(durations[1:] or durations),
        "save": time.monotonic() - stopped if stopped else 0.0,
        "steps": len(seconds),
    }
