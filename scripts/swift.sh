#!/usr/bin/env bash
# SwiftPM with libtorch found: scripts/swift.sh build --target Torch, scripts/swift.sh test --filter Head
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
libraries=$("$root/scripts/libtorch.sh")
export PKG_CONFIG_PATH="$root/.libtorch/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
# SwiftPM drops -rpath from .pc files, so the run path is given where the root package is built.
exec swift "$@" -Xlinker -rpath -Xlinker "$libraries"
