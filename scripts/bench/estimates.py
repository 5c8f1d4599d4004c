"""What `margin estimate` says of some recipes beside what training then takes.

    python3 scripts/bench/estimates.py .build/release/margin

Time and memory are those of a run's first steps; pictures kept for later epochs are taken off the estimate, since no
epoch ends here.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from measured_run import measure

million = str(Path(__file__).resolve().parents[2] / "Recipes/speed/million.yaml")
SETTINGS = [
    ("10,000 classes", ["data.identities=10000"]),
    ("100,000 classes", ["data.identities=100000"]),
    ("100,000 classes, one question each", ["data.identities=100000", "head.name=sphereface2"]),
    ("300,000 classes, a tenth sampled", ["data.identities=300000", "head.sample_rate=0.1"]),
    ("100,000 classes, adamw, as a whole",
     ["data.identities=100000", "training.optimizer=adamw", "training.learning_rate=0.001",
      "training.class_updates=whole"]),
]

margin = sys.argv[1]
print(f"{'recipe':36} {'memory MB: estimate':>20} {'measured':>9} {'ratio':>6}"
      f" {'step ms: estimate':>18} {'measured':>9} {'ratio':>6}", flush=True)
with tempfile.TemporaryDirectory(dir=".") as runs:
    for name, settings in SETTINGS:
        answer = subprocess.run(
            [margin, "estimate", million, "--json", "--set", *settings], check=True, capture_output=True, text=True)
        estimate = json.loads(answer.stdout)
        found = measure(margin, million, runs, "estimated", 10, settings)
        memory, step = estimate["memory"]["peak"] - estimate["memory"]["pictures"], estimate["time"]["step"]
        print(f"{name:36} {memory / 1e6:20.0f} {found['peak'] / 1e6:9.0f} {memory / found['peak']:6.2f}"
              f" {step * 1e3:18.1f} {found['step'] * 1e3:9.1f} {step / found['step']:6.2f}", flush=True)
