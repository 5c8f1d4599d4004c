#!/usr/bin/env bash
# Builds the examples and runs them for a moment on drawn signs. `make test` calls it.
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

# run NAME ARGUMENT…: an example within an empty folder; what it prints is shown when something is wrong.
run() {
    local name=$1 output
    output=$(cd "$work" && "$root/.build/debug/$name" "${@:2}" 2>&1) || fail "$name ${*:2} failed:
$output"
    printf '%s\n' "$output" > "$work/$name.txt"
}

# expect NAME PATTERN: that a line of what the example printed last matches.
expect() { grep -Eq "$2" "$work/$1.txt" || fail "$1 printed no line with “$2”:
$(cat "$work/$1.txt")"; }

for name in TinyVerifier TrainSphereFaceR; do
    "$root/scripts/swift.sh" build --package-path "$root/Examples/$name" --scratch-path "$root/.build" \
        --disable-build-manifest-caching --product "$name" "$@"
done
python3 "$root/scripts/support/drawn_pictures.py" "$work/signs"

run TinyVerifier signs 2
expect TinyVerifier '^step 24 of 24: loss [0-9]'
expect TinyVerifier '^EER\[interpolated\] on 6 unknown identities: 0\.[0-9]+|: 0\.0$'

settings=(data="$work/signs" output=out height=32 width=32 batch=16 every=1 draws=50)
run TrainSphereFaceR "${settings[@]}" epochs=2
expect TrainSphereFaceR '^epoch 2: loss [0-9].* development EER [0-9.]+ %'
expect TrainSphereFaceR 'EER\[interpolated\]: [0-9.]+ % \[[0-9.]+ %, [0-9.]+ %\]'
[ -f "$work/out/model/model.json" ] || fail "TrainSphereFaceR wrote no model folder"

# A run that goes on begins after the epochs that were done.
run TrainSphereFaceR "${settings[@]}" epochs=3 resume=true
expect TrainSphereFaceR '^going on after epoch 2$'
expect TrainSphereFaceR '^epoch 3: '

# A wrong setting is named.
if "$root/.build/debug/TrainSphereFaceR" epoch=3 > "$work/TrainSphereFaceR.txt" 2>&1; then
    fail "TrainSphereFaceR took epoch=3, which is no setting"
fi
expect TrainSphereFaceR '“epoch” is no setting; there are .*epochs'

printf 'examples: TinyVerifier and TrainSphereFaceR ran\n' >&2
