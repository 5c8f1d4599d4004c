#!/usr/bin/env bash
# Builds the documentation of all libraries with DocC, links between them included, and names every link that
# leads nowhere.
#
#   scripts/docs.sh            the archives are left in .build/docs/plugins/Swift-DocC/outputs
#
# DocC's plugin is no dependency of the package otherwise; see the end of Package.swift.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export ANGULARMARGIN_DOCS=1

targets=()
for catalogue in "$root"/Sources/*/*.docc; do
    targets+=(--target "$(basename "$catalogue" .docc)")
done
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"$root/scripts/swift.sh" package --package-path "$root" --scratch-path "$root/.build/docs" \
    generate-documentation --enable-experimental-combined-documentation "${targets[@]}" 2>&1 | tee "$log"
! grep -q "doesn't exist at" "$log" || { echo "docs: links lead nowhere; see the warnings above" >&2; exit 1; }
