#!/usr/bin/env python3
"""Writes the tables of the audit study as CSV: Adult, German credit, COMPAS.

    python3 scripts/audit/prepare.py DATA OUT

DATA holds adult_uci/, german_credit/ and compas_propublica/ with the original files. What is done:
Adult gets its header, and the trailing dot of its test labels goes; of German credit's status attribute
A91 to A95 the sex is taken; COMPAS is filtered as ProPublica did. Standard library alone.
"""
import csv, gzip, pathlib, sys

ADULT = ["age", "workclass", "fnlwgt", "education", "education_num", "marital_status", "occupation", "relationship",
         "race", "sex", "capital_gain", "capital_loss", "hours_per_week", "native_country", "income"]
GERMAN = ["checking", "duration", "history", "purpose", "amount", "savings", "employment", "rate", "status", "debtors",
          "residence", "property", "age", "plans", "housing", "credits", "job", "liable", "telephone", "foreign", "risk"]
COMPAS = ["age", "sex", "race", "juv_fel_count", "juv_misd_count", "juv_other_count", "priors_count",
          "c_charge_degree", "two_year_recid"]


def write(path, header, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        count = 0
        for row in rows:
            writer.writerow(row)
            count += 1
    print(f"{path}: {count} rows")


def adult(path):
    with gzip.open(path, "rt") as file:
        for line in file:
            fields = [field.strip() for field in line.strip().rstrip(".").split(",")]
            if len(fields) == len(ADULT):
                yield fields


def german(path):
    for line in open(path):
        fields = line.split()
        sex = "female" if fields[8] in ("A92", "A95") else "male"
        yield fields[:8] + fields[9:20] + [sex, "good" if fields[20] == "1" else "bad"]


def compas(path):
    with gzip.open(path, "rt") as file:
        for row in csv.DictReader(file):
            days = row["days_b_screening_arrest"]
            if (days and -30 <= float(days) <= 30 and row["is_recid"] != "-1" and row["c_charge_degree"] != "O"
                    and row["score_text"] != "N/A"):
                yield [row[name] for name in COMPAS]


data, out = map(pathlib.Path, sys.argv[1:3])
out.mkdir(parents=True, exist_ok=True)
write(out / "adult-train.csv", ADULT, adult(data / "adult_uci/adult.data.gz"))
write(out / "adult-test.csv", ADULT, adult(data / "adult_uci/adult.test.gz"))
write(out / "german.csv", GERMAN[:8] + GERMAN[9:20] + ["sex", "risk"], german(data / "german_credit/german.data"))
write(out / "compas.csv", COMPAS, compas(data / "compas_propublica/compas-scores-two-years.csv.gz"))
