#!/usr/bin/env bash
# The audits of docs/Audit.md: Adult by its official split, German credit and COMPAS by several seeds.
#
#   scripts/audit/study.sh MARGIN DATA OUT      (MARGIN: the command; DATA: the tables' originals)
set -euo pipefail
margin=$1 data=$2 out=$3
root=$(cd "$(dirname "$0")/../.." && pwd)
python3 "$root/scripts/audit/prepare.py" "$data" "$out/tables"
audit() {
    local name=$1 table=$2 scaling=$3
    shift 3
    "$margin" audit "$out/tables/$table.csv" --scaling "$root/Recipes/audit/scaling-$scaling.csv" --mu 0.01 --clip 2 \
        --epsilon 0.1,0.5,1,3,10 --out "$out/$name" "$@" >"$out/$name.txt"
}
audit adult adult-train adult --test "$out/tables/adult-test.csv" --label income --positive ">50K" --sensitive sex \
    --exclude fnlwgt,education,native_country
for seed in 1 2 3; do
    audit "german-$seed" german german --label risk --positive good --sensitive "sex,age<=25" --seed $seed
    audit "compas-$seed" compas compas --label two_year_recid --positive 1 --sensitive race,sex --smallest-group 500 \
        --seed $seed
done
python3 "$root/scripts/audit/tabulate.py" "$out"
