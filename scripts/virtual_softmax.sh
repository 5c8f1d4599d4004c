#!/usr/bin/env bash
# Runs the studies of docs/VirtualSoftmax.md. What is finished is in Results/ and is left out, so the same command goes on
# after an interruption.
#
#   scripts/virtual_softmax.sh [options of margin compare, such as --jobs 2 or --data FOLDER]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
margin=${MARGIN:-.build/release/margin}
options=("$@")

study() {
    echo "== $1: ${*:2}" >&2
    nice -n 19 "$margin" compare "${@:2}" --heads softmax,virtual-softmax,a-softmax,arcface --study "virtual_softmax_$1" \
        --settings 3 --no-given "${options[@]}" > /dev/null
}

study mnist Recipes/mnist_plane.yaml
study cifar10 Recipes/cifar10_small.yaml
study orl Recipes/faces_orl.yaml --folds Recipes/splits/faces_orl-{1,2,3,4}.csv --search-epochs 20
study omniglot Recipes/omniglot_small.yaml --search-epochs 10
