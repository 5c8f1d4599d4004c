#!/usr/bin/env bash
# Prints a Python that has PyTorch and what else the benchmarks compare with: $PYTHON, or one made here.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
python=${PYTHON:-python3}
needed='import torch, numpy, pandas, sklearn, safetensors.torch, pytorch_metric_learning'
if ! "$python" -c "$needed" 2>/dev/null; then
    home="$root/.build/bench-python"
    if ! "$home/bin/python" -c "$needed" 2>/dev/null; then
        echo "making a Python with PyTorch in .build/bench-python" >&2
        "$python" -m venv "$home"
        # The CPU build where its index can be reached; it is a tenth of the other.
        "$home/bin/pip" install -q --retries 0 torch==2.13.0 --index-url https://download.pytorch.org/whl/cpu \
            >/dev/null 2>&1 || "$home/bin/pip" install -q torch==2.13.0 >&2
        "$home/bin/pip" install -q numpy pandas scikit-learn safetensors pytorch-metric-learning >&2
    fi
    python="$home/bin/python"
fi
printf '%s\n' "$python"
