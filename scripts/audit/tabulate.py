#!/usr/bin/env python3
"""Prints the table of docs/Audit.md from the folders that study.sh wrote: tabulate.py OUT"""
import csv, json, pathlib, sys

print("| table | seed | by | accuracy | ε | σ | accuracy parity: now, change expected, 95 % of draws, bound | "
      "flips by group, expected (draws) |")
print("|---|---|---|---|---|---|---|---|")
exceeded = checked = 0
for folder in sorted(path.parent for path in pathlib.Path(sys.argv[1]).glob("*/audit.json")):
    report = json.load(open(folder / "audit.json"))
    name, _, seed = folder.name.partition("-")
    for effect in report["effects"]:
        checked += len(effect["measures"])
        exceeded += sum(1 for measure in effect["measures"] if measure["exceeded"])
        if effect["level"]["privacy"]["epsilon"] not in (0.5, 3):
            continue
        by = report["margins"][0]["partition"]
        own = [m for m in effect["measures"] if m["partition"] == by and m["criterion"] == "accuracy-parity"
               and m["name"].endswith("− all")]
        worst = max(own, key=lambda m: m["changeQuantile"])
        bound = min(worst["markov"], worst["split"], worst["worstCase"], worst["largestPossible"])
        if "standardError" not in worst["variance"]:
            bound = min(bound, abs(worst["expectedChange"]) + worst["chebyshev"])
        flips = "; ".join(f"{g['group']} {100 * g['expectedFlips']:.1f} ({100 * g['flips']['mean']:.1f})"
                          for g in effect["groups"] if g["partition"] == by)
        print(f"| {name} | {seed or 'official'} | {by} | {100 * report['heldOutAccuracy']:.1f} % "
              f"| {effect['level']['privacy']['epsilon']:g} | {effect['level']['scale']:.3g} "
              f"| {worst['name'].split(': ')[1]}: {100 * worst['clean']:+.1f}, {100 * worst['expectedChange']:+.2f}, "
              f"{100 * worst['changeQuantile']:.2f}, {100 * bound:.1f} | {flips} |")
print(f"\n{checked} measures and sizes of noise checked, a bound exceeded beyond chance in {exceeded}.")
