#!/usr/bin/env bash
# Runs the studies of docs/Comparison.md, the most telling first. What is finished is in Results/ and is left out, so
# the same command goes on after an interruption.
#
#   scripts/studies.sh [options of margin compare, such as --jobs 2 or --data FOLDER]
#
# The faces of ORL get every head; Extended Yale B and Omniglot the baselines and the four others that did best on
# ORL's development people; wrong labels are for SphereFace2 and the baselines.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
margin=${MARGIN:-.build/release/margin}
baselines=softmax,normface,cosface,arcface
sphereface2=sphereface2:variant=C/A/M,lw=10

study() { echo "== $1: ${*:2}" >&2; nice -n 19 "$margin" compare "${@:2}" --study "$1" "${options[@]}" > /dev/null; }

options=("$@")
orl=(Recipes/faces_orl.yaml --folds Recipes/splits/faces_orl-{1,2,3,4}.csv --search-epochs 20 --draws 5000
    --heads "$baselines,sphereface-r:variant=v0/v1/v2,gradient=detached/full,norm=hard/soft,$sphereface2")
study heads_orl "${orl[@]}" --no-given

best=$(python3 scripts/support/best_systems.py Results/heads_orl.csv --count 4 --prefix sphereface)
for set in omniglot_small faces_extyaleb; do
    study "heads_$set" "Recipes/$set.yaml" --heads "$baselines,$best" --search-epochs 10 --no-given
done
for share in 0.2 0.4 0.6; do
    study "label_noise_$share" Recipes/omniglot_small.yaml --heads "$baselines,$sphereface2" --search-epochs 10 \
        --no-given --set "data.label_noise=$share"
done
study heads_orl "${orl[@]}"
for set in omniglot_small faces_extyaleb; do
    study "heads_$set" "Recipes/$set.yaml" --heads "$baselines,$best" --search-epochs 10
done
