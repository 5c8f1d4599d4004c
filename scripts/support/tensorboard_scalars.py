"""Lets TensorBoard's own reader read a run's event files, and checks them against the run's log.

    python3 scripts/support/tensorboard_scalars.py RUN_FOLDER
"""

import json
import math
import sys
from pathlib import Path

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

run = Path(sys.argv[1])
accumulator = EventAccumulator(str(run / "tensorboard"), size_guidance={"scalars": 0})
accumulator.Reload()
lines = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
steps = [line for line in lines if line["event"] == "step"]
measured = [line for line in lines if line["event"] == "evaluated"]
expected = {
    "train/loss": [(line["step"], line["loss"]) for line in steps],
    "schedule/learning_rate": [(line["step"], line["learningRate"]) for line in steps],
    f"development/{measured[0]['name']}": [(line["step"], line["value"]) for line in measured],
}
for tag, values in expected.items():
    found = [(scalar.step, scalar.value) for scalar in accumulator.Scalars(tag)]
    if [step for step, _ in found] != [step for step, _ in values] or not all(
            math.isclose(a, b, rel_tol=1e-6) for (_, a), (_, b) in zip(found, values)):
        sys.exit(f"{tag}: TensorBoard read {found[:3]}… where the log has {values[:3]}…")
print(f"TensorBoard read {len(accumulator.Tags()['scalars'])} curves, the loss over {len(steps)} steps")
