"""Computes expected.csv: what CROWDLAB gives on eight published data sets with all their models together, plain and
calibrated. Written from the formulas alone, with dense numpy arrays; it shares no code with the engine.

Usage: python expected.py FOLDER > expected.csv        (made with Python 3.11 and numpy 2.4)
FOLDER holds one folder per data set: annotations.csv.gz, predictions*.csv.gz (one file a model), truth.csv.gz if known.
"""

import csv
import glob
import gzip
import math
import os
import sys
from collections import Counter, defaultdict

import numpy as np

COARSE = [0.1, 0.2, 0.5, 0.8, 1, 2, 3, 5, 8]


def rows(path):
    with gzip.open(path, "rt") as file:
        return list(csv.DictReader(file))


def load(folder):
    annotations, conflicts = defaultdict(dict), set()
    for row in rows(folder + "/annotations.csv.gz"):
        example, annotator, label = row["example_id"], row["annotator_id"], row["label"]
        if annotations[example].setdefault(annotator, label) != label:
            conflicts.add((example, annotator))
    for example, annotator in conflicts:
        del annotations[example][annotator]
    models = []
    for path in sorted(glob.glob(folder + "/predictions*.csv.gz")):
        model = defaultdict(dict)
        for row in rows(path):
            model[row["example_id"]][row["label"]] = float(row["probability"])
        models.append(model)
    truth = {}
    if os.path.exists(folder + "/truth.csv.gz"):
        truth = {row["example_id"]: row["label"] for row in rows(folder + "/truth.csv.gz")}
    return annotations, models, truth


def temperature(probabilities, votes):
    with np.errstate(divide="ignore"):
        logs = np.log(probabilities)

    def loss(t):
        scaled = logs / t
        powers = np.exp(scaled - scaled.max(1, keepdims=True))
        shares = powers / powers.sum(1, keepdims=True)
        return -(votes * np.log(np.maximum(shares, 1e-30))).sum(1).mean()

    best = int(np.argmin([loss(t) for t in COARSE]))
    grid = []
    if best > 0:
        grid += list(np.linspace(COARSE[best - 1], COARSE[best], 4, endpoint=False))
    if best + 1 < len(COARSE):
        grid += list(np.linspace(COARSE[best], COARSE[best + 1], 5))
    return grid[int(np.argmin([loss(t) for t in grid]))]


def calibrated(probabilities, t):
    floored = np.maximum(probabilities, 1e-30)
    powers = np.exp(np.log(floored / floored.sum(1, keepdims=True)) / t)
    return powers / powers.sum(1, keepdims=True)


class Crowd:
    def __init__(self, given, models, class_count, annotator_count):
        self.given, self.models, self.class_count = given, models, class_count
        self.sizes = np.array([len(labels) for labels in given])
        self.multi = np.where(self.sizes > 1)[0]
        pairs, agreeing = np.zeros(annotator_count), np.zeros(annotator_count)
        for labels in given:
            votes = Counter(label for _, label in labels)
            for annotator, label in labels:
                agreeing[annotator] += votes[label] - 1
                pairs[annotator] += len(labels) - 1
        known = pairs > 0
        self.agreement = np.where(known, agreeing / np.maximum(pairs, 1), 0)
        self.agreement[~known] = self.agreement[known].mean()
        self.annotator_count = annotator_count

    def majority(self):
        totals = Counter(label for labels in self.given for _, label in labels)
        mean = sum(self.models) / len(self.models)
        leaders = []
        for labels in self.given:
            votes = Counter(label for _, label in labels)
            leaders.append(sorted(label for label in votes if votes[label] == max(votes.values())))
        accuracy = self.first_accuracy(leaders)
        consensus = []
        for example, classes in enumerate(leaders):
            for value in (
                lambda k: mean[example][k],
                lambda k: -totals[k],
                lambda k: np.mean([accuracy[a] for a, label in self.given[example] if label == k]),
            ):
                if len(classes) > 1:
                    values = [value(k) for k in classes]
                    classes = [k for k, v in zip(classes, values) if v == max(values)]
            consensus.append(classes[0])
        return consensus

    def first_accuracy(self, leaders):
        right, seen = np.zeros(self.annotator_count), np.zeros(self.annotator_count)
        for labels, classes in zip(self.given, leaders):
            if len(classes) == 1:
                for annotator, label in labels:
                    seen[annotator] += 1
                    right[annotator] += label == classes[0]
        accuracy = np.where(seen > 0, right / np.maximum(seen, 1), 0)
        accuracy[seen == 0] = accuracy[seen > 0].mean() if (seen > 0).any() else 0
        return accuracy

    def posterior(self, consensus):
        multi, chosen = self.multi, np.array(consensus)
        likelihood = np.mean([np.mean([label == consensus[i] for _, label in self.given[i]]) for i in multi])
        most = Counter(consensus[i] for i in multi).most_common(1)[0][1]
        error = max(1e-6, 1 - most / len(multi))
        weights = np.maximum(1e-6, 1 - (1 - self.agreement) / error)
        model_weights = [
            max(1e-6, 1 - np.mean(p[multi].argmax(1) != chosen[multi]) / error) * math.sqrt(self.sizes.mean())
            for p in self.models
        ]
        posterior = sum(w * p for w, p in zip(model_weights, self.models))
        for example, labels in enumerate(self.given):
            for annotator, label in labels:
                row = np.full(self.class_count, (1 - likelihood) / (self.class_count - 1))
                row[label] = likelihood
                posterior[example] += weights[annotator] * row
            posterior[example] /= sum(model_weights) + sum(weights[a] for a, _ in labels)
        return posterior, model_weights

    def best_quality(self):
        majority = self.majority()
        posterior, _ = self.posterior(majority)
        best = posterior.argmax(1)
        shared = (posterior >= posterior.max(1, keepdims=True) - 1e-12).sum(1) > 1
        consensus = [m if s else int(b) for m, s, b in zip(majority, shared, best)]
        posterior, model_weights = self.posterior(consensus)
        return consensus, posterior, model_weights


def line(folder, calibrate):
    annotations, predictions, truth = load(folder)
    names = {label for labels in annotations.values() for label in labels.values()}
    names = sorted(names | {label for model in predictions for row in model.values() for label in row})
    index = {name: k for k, name in enumerate(names)}
    examples = [e for e in sorted(annotations) if annotations[e] and all(e in model for model in predictions)]
    annotators = sorted({a for e in examples for a in annotations[e]})
    position = {a: m for m, a in enumerate(annotators)}
    given = [sorted((position[a], index[label]) for a, label in annotations[e].items()) for e in examples]
    models = [np.array([[model[e][name] for name in names] for e in examples]) for model in predictions]
    temperatures = []
    if calibrate:
        votes = np.zeros((len(examples), len(names)))
        for example, labels in enumerate(given):
            for _, label in labels:
                votes[example, label] += 1 / len(labels)
        temperatures = [temperature(p, votes) for p in models]
        models = [calibrated(p, t) for p, t in zip(models, temperatures)]
    consensus, posterior, model_weights = Crowd(given, models, len(names), len(annotators)).best_quality()
    quality = np.clip(posterior[np.arange(len(examples)), consensus], 0, 1).mean()
    right = [names[c] == truth[e] for c, e in zip(consensus, examples) if e in truth]
    return ",".join([
        os.path.basename(folder),
        str(calibrate).lower(),
        " ".join(repr(float(t)) for t in temperatures),
        " ".join(repr(float(w)) for w in model_weights),
        repr(float(quality)),
        repr(float(np.mean(right))) if right else "",
    ])


if __name__ == "__main__":
    print("dataset,calibrated,temperatures,model_weights,mean_quality,accuracy")
    for data_set in sorted(glob.glob(sys.argv[1] + "/*/")):
        for calibrate in (False, True):
            print(line(data_set.rstrip("/"), calibrate), flush=True)
