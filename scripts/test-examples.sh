#!/usr/bin/env bash
# Runs for a moment what the documentation shows: the guide's recipe, TensorBoard on it, and the examples. `make test` calls it.
#
#   scripts/test-examples.sh [options of swift build]
#
# The examples are packages of their own. They are built into this package's .build, where `swift test` has left
# the libraries, so that nothing is compiled twice. SwiftPM takes a plan that it finds there for that of the
# package at hand: none is read here, and none is left behind.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work" "$root/.build/debug.yaml"' EXIT

fail() { printf 'test-examples: %s\n' "$*" >&2; exit 1; }

# run NAME ARGUMENT…: a program within an empty folder; what it prints is shown when something is wrong.
run() {
    local name=$1 output
    output=$(cd "$work" && "$root/.build/debug/$name" "${@:2}" 2>&1) || fail "$name ${*:2} failed:
$output"
    printf '%s\n' "$output" > "$work/$name.txt"
}

# expect NAME PATTERN: that a line of what the program printed last matches.
expect() { grep -Eq "$2" "$work/$1.txt" || fail "$1 printed no line with “$2”:
$(cat "$work/$1.txt")"; }

python3 "$root/scripts/support/drawn_pictures.py" "$work/data/my_faces"

# The guide's recipe as it stands there, for two epochs on smaller pictures.
guide="$root/Sources/Experiments/Experiments.docc/TrainOnYourOwnFolders.md"
awk '/^```yaml$/ {inside = 1; next} /^```$/ {inside = 0} inside' "$guide" > "$work/my_faces.yaml"
"$root/scripts/swift.sh" build --package-path "$root" --product margin "$@"
run margin train my_faces.yaml --set training.epochs=2 training.batch=16 'pictures.size=[32, 32]'
expect margin '^epoch 2: loss [0-9].* development EER'
# TensorBoard itself reads what it shall show.
tensorboard="$root/.build/tensorboard"
[ -d "$tensorboard/tensorboard" ] || python3 -m pip install -q --no-warn-script-location --target "$tensorboard" \
    'tensorboard==2.20.0' 'setuptools<81'
PYTHONPATH="$tensorboard" python3 "$root/scripts/support/tensorboard_scalars.py" "$work/runs/my_faces" \
    || fail "TensorBoard does not read the run's event files"
run margin train my_faces.yaml --set name=my_faces-softmax 'head={name: softmax}' 'training.margin_ramp=[0, 0]' \
    training.epochs=1 training.batch=16 'pictures.size=[32, 32]'
run margin evaluate runs/my_faces --against runs/my_faces-softmax --set evaluation.draws=50
expect margin '^difference +test'
run margin verify runs/my_faces data/my_faces/sign1/1.pgm data/my_faces/sign1/2.pgm
expect margin '^(same|different)$'

for name in TinyVerifier TrainSphereFaceR; do
    "$root/scripts/swift.sh" build --package-path "$root/Examples/$name" --scratch-path "$root/.build" \
        --disable-build-manifest-caching --product "$name" "$@"
done

run TinyVerifier data/my_faces 2
expect TinyVerifier '^step 4 of 4: loss [0-9]'
expect TinyVerifier '^EER\[interpolated\] on 6 unknown identities: 0\.[0-9]+$'

settings=(data=my_faces output=out height=32 width=32 batch=16 every=1 draws=50)
run TrainSphereFaceR "${settings[@]}" epochs=2
expect TrainSphereFaceR '^epoch 2: loss [0-9].* development EER [0-9.]+ %'
expect TrainSphereFaceR 'EER\[interpolated\]: [0-9.]+ % \[[0-9.]+ %, [0-9.]+ %\]'
[ -f "$work/out/model/model.json" ] || fail "TrainSphereFaceR wrote no model folder"

# A run that goes on begins after the epochs that were done.
run TrainSphereFaceR "${settings[@]}" epochs=3 resume=true
expect TrainSphereFaceR '^going on after epoch 2$'
expect TrainSphereFaceR '^epoch 3: '

# A wrong setting is named.
if (cd "$work" && "$root/.build/debug/TrainSphereFaceR" epoch=3) > "$work/TrainSphereFaceR.txt" 2>&1; then
    fail "TrainSphereFaceR took epoch=3, which is no setting"
fi
expect TrainSphereFaceR '“epoch” is no setting; there are .*epochs'

printf 'the guide and the examples ran\n' >&2
