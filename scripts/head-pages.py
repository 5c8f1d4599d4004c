"""Bring the documentation's pages of heads up to date: equations, defaults and plots, from `margin head`.

    python3 scripts/head-pages.py [--margin .build/release/margin]

Each page Heads/head-NAME.md keeps its own text; what stands between its markers is written anew, and so is its plot.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
CATALOGUE = REPOSITORY / "Sources/AngularMargin/AngularMargin.docc"
START, END = "<!-- generated: scripts/head-pages.py -->", "<!-- /generated -->"

Head = dict[str, Any]


def heads(margin: Path) -> list[Head]:
    return json.loads(subprocess.run([margin, "head", "--list", "--json"], check=True, capture_output=True).stdout)


def table(parameters: list[dict[str, str]]) -> str:
    rows = ["| key | meaning | default | range |", "|---|---|---|---|"]
    rows += [f"| `{row['key']}` | {row['meaning']} | {row['default']} | {row['range']} |" for row in parameters]
    return "\n".join(rows).replace("{", "\\{")


def generated(head: Head) -> str:
    equation = "\n".join("    " + line for line in head["equation"].split("\n"))
    also = ", ".join(f"`{parameter['key']}`" for parameter in head["open_parameters"])
    parts = [
        equation,
        f"![ψ and η over the angle, and their slopes](head-{head['name']})",
        f"Source: {head['source']}.",
    ]
    if head["parameters"]:
        parts.append(table(head["parameters"]))
    parts.append(f"Axes it leaves open: {also}. See <doc:AllHeads>.")
    return "\n\n".join(parts)


def replace(page: Path, text: str) -> None:
    before, rest = page.read_text().split(START)
    after = rest.split(END)[1]
    page.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--margin", type=Path, default=REPOSITORY / ".build/release/margin", help="the built command")
    margin = parser.parse_args().margin.resolve()
    found = heads(margin)
    for head in found:
        replace(CATALOGUE / f"Heads/head-{head['name']}.md", generated(head))
        plot = CATALOGUE / f"Resources/head-{head['name']}.svg"
        plot.parent.mkdir(exist_ok=True)
        subprocess.run([margin, "head", head["name"], "--plot", plot], check=True)
    shown = {parameter["key"]: parameter for head in found for parameter in head["open_parameters"]}
    replace(CATALOGUE / "Heads/AllHeads.md", table(list(shown.values())))
    print(f"wrote {len(found)} pages and plots")


if __name__ == "__main__":
    main()
