#!/usr/bin/env bash
# Finds libtorch, fetches it if need be, and tells SwiftPM where it is.
#
#   scripts/libtorch.sh            prints the folder of libtorch's libraries
#
# Looked for in this order: $LIBTORCH (a folder with include/ and lib/), an installed Python torch
# ($PYTHON, else python3), .libtorch/ of this checkout. Else it is fetched there with pip: the CPU
# build, or the CUDA build with TORCH_CUDA=1.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
home="$root/.libtorch"
python=${PYTHON:-python3}
wanted=2.13.0
oldest=11 newest=13

say() { printf '%s\n' "$*" >&2; }
fail() { say "libtorch: $*"; exit 1; }

# "2.13.0" of a libtorch folder, empty when it is none.
version_of() {
    local header
    for header in "$1/include/torch/headeronly/version.h" \
                  "$1/include/torch/csrc/api/include/torch/version.h"; do
        [ -f "$header" ] || continue
        awk '$2 == "TORCH_VERSION_MAJOR" {a = $3} $2 == "TORCH_VERSION_MINOR" {b = $3}
             $2 == "TORCH_VERSION_PATCH" {c = $3} END {if (a != "") print a "." b "." c}' "$header"
        return
    done
}

# Whether a folder holds a libtorch that we can use; says why not where somebody named it.
usable() {
    local folder=$1 named=${2:-} version minor
    version=$(version_of "$folder")
    if [ -z "$version" ]; then
        [ -z "$named" ] || fail "$named is $folder, which has no include/torch/headeronly/version.h; it must be the folder that holds include/ and lib/"
        return 1
    fi
    minor=${version#*.} minor=${minor%%.*}
    if [ "${version%%.*}" != 2 ] || [ "$minor" -lt $oldest ] || [ "$minor" -gt $newest ]; then
        say "libtorch $version in $folder is passed over: versions 2.$oldest to 2.$newest are supported"
        [ -z "$named" ] || exit 1
        return 1
    fi
    [ -e "$folder/lib/libtorch_cpu.so" ] || [ -e "$folder/lib/libtorch_cpu.dylib" ] || {
        say "libtorch in $folder is passed over: it has no lib/libtorch_cpu"
        return 1
    }
}

python_torch() {
    "$python" - 2>/dev/null <<'PYTHON'
import importlib.util
spec = importlib.util.find_spec("torch")
if spec and spec.submodule_search_locations:
    print(list(spec.submodule_search_locations)[0])
PYTHON
}

# pip's progress is shown; its complaints go to a file, shown when nothing else helps.
install() { "$python" -m pip install --disable-pip-version-check --target "$home/site" --upgrade "$@" \
                >&2 2>"$home/pip.log"; }

fetch() {
    command -v "$python" >/dev/null || fail "Python 3 is needed to fetch libtorch: sudo apt-get install python3 python3-pip"
    "$python" -m pip --version >/dev/null 2>&1 || fail "pip is needed to fetch libtorch: sudo apt-get install python3-pip"
    mkdir -p "$home"
    if [ "${TORCH_CUDA:-0}" = 1 ]; then
        say "libtorch: fetching $wanted for CUDA into $home/site (about 3 GB with NVIDIA's libraries)"
        install "torch==$wanted" || fail "pip could not install torch==$wanted: $(tail -n 3 "$home/pip.log")"
    else
        say "libtorch: fetching the CPU build of $wanted into $home/site (about 190 MB)"
        install --no-deps --retries 1 --timeout 15 \
                --index-url https://download.pytorch.org/whl/cpu "torch==$wanted" || {
            say "libtorch: PyTorch's index of CPU builds cannot be reached; using pip's default index"
            install "torch==$wanted" || fail "pip could not install torch==$wanted: $(tail -n 3 "$home/pip.log")"
        }
    fi
}

found=
if [ -n "${LIBTORCH:-}" ]; then
    usable "$LIBTORCH" LIBTORCH || fail "LIBTORCH is $LIBTORCH, which cannot be used"
    found=$(cd "$LIBTORCH" && pwd)
elif [ "${TORCH_CUDA:-0}" != 1 ] && folder=$(python_torch) && [ -n "$folder" ] && usable "$folder"; then
    found=$folder
else
    # A CPU build that was fetched before is not what TORCH_CUDA asks for.
    { usable "$home/site/torch" && { [ "${TORCH_CUDA:-0}" != 1 ] || [ -e "$home/site/torch/lib/libtorch_cuda.so" ]; }; } \
        || fetch
    usable "$home/site/torch" || fail "what pip installed in $home/site/torch is no libtorch that we can use"
    found="$home/site/torch"
fi

mkdir -p "$home/pkgconfig"
cat > "$home/pkgconfig/angularmargin-libtorch.pc.new" <<PC
Name: libtorch
Description: PyTorch's C++ library
Version: $(version_of "$found")
Cflags: -I$found/include -I$found/include/torch/csrc/api/include
Libs: -L$found/lib -ltorch_cpu -lc10
PC
# Kept when nothing changed, so that nothing is built again.
if cmp -s "$home/pkgconfig/angularmargin-libtorch.pc.new" "$home/pkgconfig/angularmargin-libtorch.pc"; then
    rm "$home/pkgconfig/angularmargin-libtorch.pc.new"
else
    mv "$home/pkgconfig/angularmargin-libtorch.pc.new" "$home/pkgconfig/angularmargin-libtorch.pc"
fi
printf '%s\n' "$found/lib"
