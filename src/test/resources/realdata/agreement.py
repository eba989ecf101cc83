"""Agreement statistics of the data sets, from their definitions, for RealDataIT: python3 agreement.py FOLDER > agreement.csv

Independent of the program: a table of votes, examples by classes, from which each example is taken out in turn.
"""
import collections
import csv
import gzip
import itertools
import sys

import numpy as np

DATASETS = ["adult2", "bluebirds", "ds1979", "fact_eval", "fleiss1971", "rte", "trec", "web"]
QUANTILE = 1.6448536269514722


def rows(folder, dataset, file):
    with gzip.open(f"{folder}/{dataset}/{file}.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        yield from itertools.islice(csv.reader(lines), 1, None)


def accepted(folder, dataset):
    """Labels by example and annotator; who gave an example several labels has given none."""
    given = collections.defaultdict(set)
    for example, annotator, label in rows(folder, dataset, "annotations"):
        given[example, annotator].add(label)
    examples = collections.defaultdict(dict)
    for (example, annotator), labels in given.items():
        if len(labels) == 1:
            examples[example][annotator] = next(iter(labels))
    return list(examples.values())


def interval(value, left_out, least):
    left_out = np.array(left_out)
    count = len(left_out)
    error = np.sqrt((count - 1) / count * ((left_out - left_out.mean()) ** 2).sum())
    return max(least, value - QUANTILE * error), min(1, value + QUANTILE * error)


def of_votes(votes):
    """The four measures of a table of votes without each of its examples, and of the whole in the last place."""
    sizes = votes.sum(axis=1)
    many = sizes > 1
    pairs = np.where(many, sizes * (sizes - 1), 1)
    agreeing = np.where(many, (votes * (votes - 1)).sum(axis=1) / pairs, 0)
    different = np.where(many, sizes * (1 - agreeing), 0)  # differing ordered pairs / (size - 1)
    shares = votes / sizes[:, None]
    compared = votes * many[:, None]

    def without(sums, parts):
        return np.concatenate([sums - parts, sums[None]])

    observed = without(agreeing.sum(), agreeing) / without(many.sum(), many.astype(int))
    labels = without(compared.sum(axis=0), compared).astype(float)
    total = labels.sum(axis=1)
    expected = total ** 2 - (labels ** 2).sum(axis=1)
    alpha = 1 - (total - 1) * without(different.sum(), different) / expected
    chance = ((labels / total[:, None]) ** 2).sum(axis=1)
    fleiss = (observed - chance) / (1 - chance) if len(set(sizes)) == 1 else None
    mean_shares = without(shares.sum(axis=0), shares) / without(np.array(len(votes)), np.ones(len(votes)))[:, None]
    guess = (mean_shares * (1 - mean_shares)).sum(axis=1) / (votes.shape[1] - 1)
    ac1 = (observed - guess) / (1 - guess)
    return many, {"percent_agreement": observed, "krippendorff_alpha": alpha, "fleiss_kappa": fleiss, "gwet_ac1": ac1}


def parts(table):
    """By how many examples a pair agrees more than by chance, and could; chance from pairs of different examples."""
    n = table.sum()
    if n < 2:
        return np.zeros(2)
    chance = (table.sum(axis=0) @ table.sum(axis=1) - np.trace(table)) / (n * (n - 1))
    return n * np.array([np.trace(table) / n - chance, 1 - chance])


def mean_kappa(examples, classes):
    volumes = collections.Counter(annotator for labels in examples for annotator in labels)
    chosen = set(sorted(volumes, key=lambda annotator: (-volumes[annotator], annotator.encode()))[:200])
    tables = collections.defaultdict(lambda: np.zeros((len(classes), len(classes)), dtype=int))
    by_example = []
    for labels in examples:
        cells = [((one, other), classes.index(labels[one]), classes.index(labels[other]))
                 for one, other in itertools.combinations(sorted(chosen & labels.keys()), 2)]
        by_example.append(cells)
        for pair, first, second in cells:
            tables[pair][first, second] += 1
    terms = {pair: parts(table) for pair, table in tables.items()}
    total = sum(terms.values())
    left_out = []
    for cells in by_example:
        if cells:
            sums = total.copy()
            for pair, first, second in cells:
                table = tables[pair].copy()
                table[first, second] -= 1
                sums += parts(table) - terms[pair]
            left_out.append(sums[0] / sums[1])
    return total[0] / total[1], left_out, sum(table.sum() > 1 for table in tables.values())


def main(folder):
    print("dataset,statistic,value,lower,upper,num_items")
    for dataset in DATASETS:
        examples = accepted(folder, dataset)
        predicted = {row[1] for row in rows(folder, dataset, "predictions")}
        classes = sorted(predicted | {label for labels in examples for label in labels.values()})
        votes = np.array([[list(labels.values()).count(label) for label in classes] for labels in examples])
        many, measures = of_votes(votes)
        for statistic, values in measures.items():
            if values is None:
                print(f"{dataset},{statistic},,,,{many.sum()}")
                continue
            left_out = values[:-1] if statistic == "gwet_ac1" else values[:-1][many]
            lower, upper = interval(values[-1], left_out, 0 if statistic == "percent_agreement" else -1)
            print(f"{dataset},{statistic},{values[-1]:.15g},{lower:.15g},{upper:.15g},{many.sum()}")
        value, left_out, count = mean_kappa(examples, classes)
        lower, upper = interval(value, left_out, -1)
        print(f"{dataset},mean_cohen_kappa,{value:.15g},{lower:.15g},{upper:.15g},{count}")


main(sys.argv[1])
