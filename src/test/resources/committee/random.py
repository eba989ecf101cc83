"""Random data sets and what the study's reference implementation makes of them, for CommitteeGoldenTest:
python3 random.py FOLDER > random.json, where FOLDER holds the study's reference.py (numpy 2.4.6 made the file here).
"""
import json
import sys

import numpy as np

sys.path.insert(0, sys.argv[1])
import reference


def data_set(seed):
    random = np.random.default_rng(seed)
    classes = int(random.integers(2, 7))
    annotators = int(random.integers(2, 9))
    examples = int(random.integers(8, 40))
    models = int(random.integers(0, 4))
    skill = random.uniform(0.1, 0.95, annotators)
    truth = random.integers(0, classes, examples)
    rows = []
    for example in range(examples):
        chosen = np.flatnonzero(random.random(annotators) < random.uniform(0.2, 1.0))
        for annotator in chosen if len(chosen) else [int(random.integers(annotators))]:
            right = random.random() < skill[annotator]
            rows.append((example, int(annotator), int(truth[example] if right else random.integers(classes))))
    predictions = []
    for _ in range(models):
        logits = random.normal(0, 1, (examples, classes))
        logits[np.arange(examples), truth] += random.uniform(0, 2)
        powers = np.exp(logits)
        predictions.append(np.round(powers / powers.sum(1, keepdims=True), 6))
    return rows, examples, annotators, classes, predictions


def rounded(values):
    return [float("%.10g" % value) for value in values]


def golden(seed):
    rows, examples, annotators, classes, predictions = data_set(seed)
    table = np.array(rows)
    problem = reference.Problem(*table.T, examples, annotators, classes, models=predictions)
    found = reference.committee(problem)
    experts = found["experts"]
    return {
        "classes": classes,
        "annotators": annotators,
        "annotations": [list(row) for row in rows],
        "models": [matrix.ravel().tolist() for matrix in predictions],
        "labels": found["label"].tolist(),
        "probabilities": rounded(found["prob"]),
        "annotator_means": rounded(found["annotators"]["mean"]),
        "accuracy": rounded([found["accuracy"], *found["band"]]),
        "weights": rounded(found["weights"]),
        "scores": rounded(expert["loo"] for expert in experts),
        "rounds": [expert["it"] for expert in experts],
        "lambdas": [rounded(expert["lam"]) for expert in experts],
    }


print("[" + ",\n".join(json.dumps(golden(seed)) for seed in range(60)) + "]")
