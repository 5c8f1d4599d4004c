#!/usr/bin/env bash
# Trains two verifiers of handwritten digits, one with a margin and one with plain softmax, and measures both.
#
#   scripts/demo.sh            or: make demo
#
# It can be run again: it overwrites its own runs, runs/digits and runs/digits-softmax.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
margin=.build/release/margin

step() { printf '\n── %s\n' "$*" >&2; }

step "Building margin"
make --no-print-directory build

step "Preparing 5,000 handwritten digits"
$margin prepare digits

step "Training with a margin: 0 to 5 are known, 6 to 9 are never shown"
$margin train Recipes/digits.yaml --overwrite

step "Training with plain softmax, everything else the same"
$margin train Recipes/digits.yaml --overwrite --set name=digits-softmax 'head={name: softmax}'

step "Measuring both on the same pairs: new pictures of known digits (test), and unknown digits (unseen)"
$margin evaluate runs/digits --against runs/digits-softmax

cat <<TEXT

Everything about the two runs is in runs/digits and runs/digits-softmax. To try next:

  $margin verify runs/digits data/digits/3/450.png data/digits/8/020.png
  $margin embed runs/digits data/digits/9 --output runs/nines.safetensors
  $margin train Recipes/digits.yaml --set name=digits-arcface 'head={name: arcface, s: 16, m: 0.3}' --overwrite
TEXT
