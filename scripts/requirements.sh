#!/usr/bin/env bash
# Checks what the build needs from the system and names the command that installs what is missing.
set -u

missing=() packages=()
need() { missing+=("$1"); packages+=("$2"); }

have_header() {
    local flags=
    [ -z "${2:-}" ] || flags=$(pkg-config --cflags "$2" 2>/dev/null)
    printf '#include <stdio.h>\n#include <%s>\n' "$1" | clang $flags -fsyntax-only -x c - 2>/dev/null
}

if ! command -v swift >/dev/null; then
    echo "Swift 6 or later is missing: install a toolchain from https://www.swift.org/install" >&2
    exit 1
fi
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\..*/\1/p' | head -n 1)
if [ "${version:-0}" -lt 6 ]; then
    echo "Swift ${version:-?} is too old: version 6 or later is needed (https://www.swift.org/install)" >&2
    exit 1
fi

command -v python3 >/dev/null || need "Python 3" python3
command -v python3 >/dev/null && { python3 -m pip --version >/dev/null 2>&1 || need "pip" python3-pip; }
command -v pkg-config >/dev/null || need "pkg-config" pkg-config
have_header turbojpeg.h libturbojpeg || need "TurboJPEG" libturbojpeg0-dev
have_header png.h libpng || need "libpng" libpng-dev
have_header gif_lib.h || need "giflib" libgif-dev
have_header zlib.h zlib || need "zlib" zlib1g-dev
have_header sqlite3.h sqlite3 || need "SQLite" libsqlite3-dev

[ ${#missing[@]} -gt 0 ] || exit 0
{
    echo "Missing: $(printf '%s, ' "${missing[@]}" | sed 's/, $//')."
    if [ "$(uname)" = Darwin ]; then
        echo "Install with: brew install jpeg-turbo libpng giflib pkg-config python"
    else
        echo "Install with: sudo apt-get install ${packages[*]}"
    fi
} >&2
exit 1
