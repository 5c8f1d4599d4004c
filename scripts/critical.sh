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
    local run=("$margin" critical "${@:2}" --study "$1" "${options[@]}")
    if [[ " ${options[*]} " == *" --table "* ]]; then
        # A study that is not finished says so, and has no table yet.
        if [[ -e "Results/$1.csv" ]] && "${run[@]}"; then echo; fi
        return
    fi
    echo "== $1: ${*:2}" >&2
    nice -n 19 "${run[@]}"
    echo
}

options=("$@")
study critical-gtsrb32 Recipes/gtsrb32.yaml --class worst --class second-worst --class median --folds 5
study critical-cifar10 Recipes/cifar10.yaml --class worst
rare=${RARE:-cat}
study "critical-cifar10-rare-$rare" Recipes/cifar10.yaml --class "$rare" --set "data.keep={$rare: 0.1}"
