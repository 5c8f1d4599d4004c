#!/usr/bin/env bash
# SwiftPM with libtorch found, for this package and those that depend on it by path:
#
#   scripts/swift.sh build --target Torch
#   scripts/swift.sh test --filter Head
#   scripts/swift.sh run --package-path Examples/TinyVerifier TinyVerifier faces/
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
[ $# -gt 0 ] || { echo "usage: scripts/swift.sh build|test|run|package …, as with swift" >&2; exit 64; }
libraries=$("$root/scripts/libtorch.sh")
export PKG_CONFIG_PATH="$root/.libtorch/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
# SwiftPM drops -rpath from .pc files, so the run path is given where the root package is built; before
# the other arguments, because what follows a product that is run belongs to that product.
exec swift "$1" -Xlinker -rpath -Xlinker "$libraries" "${@:2}"
