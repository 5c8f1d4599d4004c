#!/usr/bin/env python3
"""Holds `margin audit` against scikit-learn, fairlearn and diffprivlib, and prints the differences.

    pip install scikit-learn fairlearn diffprivlib pandas
    python scripts/audit/compare.py MARGIN        (MARGIN: the command)
"""
import json, pathlib, subprocess, sys, tempfile
import numpy as np
import pandas as pd
from diffprivlib.mechanisms import GaussianAnalytic
from fairlearn.metrics import (MetricFrame, demographic_parity_difference, equal_opportunity_difference,
                               equalized_odds_difference)
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score

margin = sys.argv[1]
random = np.random.default_rng(0)
count, width, mu, clip = 4000, 6, 1e-2, 2.0
X = random.normal(size=(count, width))
sex = random.integers(0, 2, count)
y = X @ random.normal(size=width) + 0.7 * sex + random.normal(size=count) > 0.3
table = pd.DataFrame(X, columns=[f"x{j}" for j in range(width)])
table["sex"], table["outcome"] = np.where(sex, "m", "f"), np.where(y, "yes", "no")
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    table[:3000].to_csv(folder / "train.csv", index=False)
    table[3000:].to_csv(folder / "test.csv", index=False)
    subprocess.run([margin, "audit", folder / "train.csv", "--test", folder / "test.csv", "--label", "outcome",
                    "--positive", "yes", "--sensitive", "sex", "--clip", str(clip), "--mu", str(mu), "--epsilon",
                    "0.1,0.5,1,3,10", "--draws", "200", "--out", folder / "out"], check=True, capture_output=True)
    report = json.load(open(folder / "out/audit.json"))

norms = np.linalg.norm(X, axis=1, keepdims=True)
X = X * np.minimum(1, clip / norms)
model = LogisticRegression(C=1 / (3000 * mu), fit_intercept=False, tol=1e-12, max_iter=10_000, solver="newton-cholesky")
model.fit(X[:3000], y[:3000])
ours = np.array(report["model"]["coefficients"])
print(f"coefficients, greatest difference from scikit-learn: {np.abs(ours - model.coef_[0]).max():.1e}")

decided, truth, groups = model.predict(X[3000:]), y[3000:], table["sex"][3000:]
values = {value["name"]: value["value"] for value in report["values"]}
for name, expected in [
    ("demographic_parity_difference", demographic_parity_difference(truth, decided, sensitive_features=groups)),
    ("equalized_odds_difference", equalized_odds_difference(truth, decided, sensitive_features=groups)),
    ("equal_opportunity_difference", equal_opportunity_difference(truth, decided, sensitive_features=groups)),
    ("accuracy_difference", MetricFrame(metrics=accuracy_score, y_true=truth, y_pred=decided,
                                        sensitive_features=groups).difference()),
]:
    print(f"{name}, difference from fairlearn: {abs(values[name + '[max−min]'] - expected):.1e}")

for noise in report["noise"]:
    theirs = GaussianAnalytic(epsilon=noise["epsilon"], delta=noise["delta"], sensitivity=report["sensitivity"])
    print(f"σ at ε {noise['epsilon']:g}, relative difference from diffprivlib: "
          f"{abs(noise['analytic'] / theirs._scale - 1):.1e}")
