#!/usr/bin/env bash
# Runs the studies of docs/Critical.md. What is finished is in Results/ and is left out, so the same command goes on after
# an interruption; with --table it runs nothing and prints the tables of what is there.
#
#   scripts/critical.sh [options of margin critical, such as --jobs 2, --data FOLDER or --table --markdown]
#
# The last study keeps a tenth of the training pictures of one class of CIFAR-10, named by RARE (cat if not given).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
margin=${MARGIN:-.build/release/margin}

study() {
    if [[ " ${options[*]} " == *" --table "* && ! -e "Results/$1.csv" ]]; then return; fi
    echo "== $1: ${*:2}" >&2
    nice -n 19 "$margin" critical "${@:2}" --study "$1" "${options[@]}"
    echo
}

options=("$@")
study critical-gtsrb32 Recipes/gtsrb32.yaml --class worst --class second-worst --class median --folds 5
study critical-cifar10 Recipes/cifar10.yaml --class worst
rare=${RARE:-cat}
study "critical-cifar10-rare-$rare" Recipes/cifar10.yaml --class "$rare" --set "data.keep={$rare: 0.1}"
