package dev.crowdlab.engine;

import dev.crowdlab.engine.pass.Predictions;
import java.util.Arrays;

/**
 * The committee once more, as plainly as the study writes it: dense matrices, class by class and annotator by annotator. Shares
 * nothing with the engine but the input, and the majority vote for ties.
 */
final class NaiveCommittee {

    static final String[] SHAPES = {"coin", "coin", "scale", "scale", "spam", "spam"};
    static final double[] STRENGTHS = {2, 8, 2, 8, 2, 8};
    private static final double PRIOR = 8;
    private static final double UNIT = 0x1p-30;
    private static final int MAX_CLASSES_ONE_BY_ONE = 64;

    final int exampleCount;
    final int annotatorCount;
    /** With abstaining, which is the last one, if anybody does. */
    final int classCount;

    final int trueClassCount;
    final int modelCount;
    /** [examples][annotators] -1 where there is no label. */
    final int[][] given;

    private final double[][][] logPredictions;
    private final boolean[][] candidates;
    private final int[] gold;

    final Fit[] fits = new Fit[SHAPES.length];
    final double[] weights = new double[SHAPES.length];
    final int[] labels;
    final boolean[] areLabelsClose;
    final double[] probabilities;
    /** [examples][annotators] */
    final double[][] annotationProbabilities;
    /** [examples][classes] */
    final double[][] classProbabilities;

    final double accuracy;
    final double[] annotatorMeans;
    final double[] annotatorVariances;

    NaiveCommittee(DataSet data, int[] majority) {
        exampleCount = data.annotations().exampleCount();
        annotatorCount = data.annotations().annotatorCount();
        trueClassCount = data.annotations().classCount();
        classCount = data.slice().answers().classCount();
        modelCount = data.predictions().modelCount();
        given = new int[exampleCount][annotatorCount];
        for (int[] row : given) {
            Arrays.fill(row, -1);
        }
        data.answers().forEach(row -> given[row[0]][row[1]] = row[2]);
        gold = data.gold();
        logPredictions = new double[modelCount][exampleCount][classCount];
        candidates = new boolean[exampleCount][classCount];
        for (int example = 0; example < exampleCount; example++) {
            for (int label : given[example]) {
                if (label >= 0 && label < trueClassCount) {
                    candidates[example][label] = true;
                }
            }
            for (int model = 0; model < modelCount; model++) {
                addModel(data.predictions(), model, example);
            }
            if (gold[example] >= 0) {
                candidates[example][gold[example]] = true;
            }
        }
        for (int expert = 0; expert < fits.length; expert++) {
            fits[expert] = new Fit(SHAPES[expert], STRENGTHS[expert]);
        }
        weigh();
        labels = new int[exampleCount];
        areLabelsClose = new boolean[exampleCount];
        probabilities = new double[exampleCount];
        annotationProbabilities = new double[exampleCount][annotatorCount];
        classProbabilities = new double[exampleCount][classCount];
        for (int example = 0; example < exampleCount; example++) {
            choose(example, majority[example]);
            judge(example);
            judgeClasses(example);
        }
        accuracy = Arrays.stream(probabilities).sum() / exampleCount;
        annotatorMeans = new double[annotatorCount];
        annotatorVariances = new double[annotatorCount];
        judgeAnnotators();
    }

    private void addModel(Predictions predictions, int model, int example) {
        int best = 0;
        boolean isUniform = true;
        for (int label = 0; label < trueClassCount; label++) {
            double probability = predictions.probability(model, example, label);
            logPredictions[model][example][label] = StrictMath.log(Math.max(1e-4, probability));
            best = probability > predictions.probability(model, example, best) ? label : best;
            isUniform &= probability == predictions.probability(model, example, 0);
        }
        if (!isUniform) {
            candidates[example][best] = true;
        }
    }

    private int size(int example) {
        return (int) Arrays.stream(given[example]).filter(label -> label >= 0).count();
    }

    private int labelCount(int example) {
        return (int) Arrays.stream(given[example])
                .filter(label -> label >= 0 && label < trueClassCount)
                .count();
    }

    private double votes(int example, int label) {
        return Arrays.stream(given[example]).filter(other -> other == label).count();
    }

    private boolean counts(int example) {
        return modelCount > 0 || size(example) > 1 || gold[example] >= 0;
    }

    private void weigh() {
        double best = Arrays.stream(fits).mapToDouble(fit -> fit.score).max().orElseThrow();
        double sum = 0;
        for (int expert = 0; expert < fits.length; expert++) {
            weights[expert] = StrictMath.exp(40 * (fits[expert].score - best));
            sum += weights[expert];
        }
        for (int expert = 0; expert < fits.length; expert++) {
            weights[expert] /= sum;
        }
    }

    private void choose(int example, int majority) {
        double[] mean = new double[classCount];
        double highest = 0;
        for (int label = 0; label < classCount; label++) {
            for (int expert = 0; expert < fits.length; expert++) {
                mean[label] += weights[expert] * fits[expert].posterior[example][label];
            }
            highest = Math.max(highest, mean[label]);
        }
        double second = 0;
        int chosen = -1;
        for (int label = classCount - 1; label >= 0; label--) {
            boolean isTop = candidates[example][label] && mean[label] >= highest - 1e-9;
            chosen = isTop ? label : chosen;
        }
        boolean isMajorityTop = candidates[example][majority] && mean[majority] >= highest - 1e-9;
        labels[example] = isMajorityTop ? majority : chosen;
        for (int label = 0; label < classCount; label++) {
            second = label == labels[example] ? second : Math.max(second, mean[label]);
        }
        areLabelsClose[example] = Math.abs(mean[labels[example]] - second) < 1e-6;
    }

    /** The open posterior over the classes, which are taken one by one. */
    double[] openPosterior(int example) {
        double[] open = new double[classCount];
        for (int expert = 0; expert < fits.length; expert++) {
            double[] posterior = fits[expert].open(example, true);
            for (int label = 0; label < classCount; label++) {
                open[label] += weights[expert] * posterior[label];
            }
        }
        return open;
    }

    private void judge(int example) {
        boolean oneByOne = classCount <= MAX_CLASSES_ONE_BY_ONE;
        double[] open = new double[classCount + 1];
        for (int expert = 0; expert < fits.length; expert++) {
            double[] posterior = fits[expert].open(example, oneByOne);
            for (int place = 0; place < open.length; place++) {
                open[place] += weights[expert] * posterior[place];
            }
        }
        double right = Math.max(1e-6, Math.min(1 - 1e-6, open[labels[example]]));
        probabilities[example] =
                gold[example] >= 0 ? 1 : 1 / (1 + StrictMath.exp(-0.34 * StrictMath.log(right / (1 - right))));
        open[labels[example]] = 0;
        double rest = Math.max(1e-12, Arrays.stream(open).sum());
        for (int annotator = 0; annotator < annotatorCount; annotator++) {
            int label = given[example][annotator];
            if (label >= 0 && label < trueClassCount) {
                annotationProbabilities[example][annotator] = label == labels[example]
                        ? probabilities[example]
                        : open[label] * (1 - probabilities[example]) / rest;
            }
        }
    }

    /** Divides the probability that the label is wrong among all other classes, and what is left for the others by what is expected of them. */
    private void judgeClasses(int example) {
        boolean oneByOne = classCount <= MAX_CLASSES_ONE_BY_ONE;
        double[] byClass = classProbabilities[example];
        for (int expert = 0; expert < fits.length; expert++) {
            double[] posterior = fits[expert].open(example, oneByOne);
            double others = 0;
            for (int label = 0; label < classCount; label++) {
                others += candidates[example][label] ? 0 : StrictMath.exp(fits[expert].prior(example, label));
            }
            for (int label = 0; label < classCount; label++) {
                double part = oneByOne || candidates[example][label]
                        ? posterior[label]
                        : posterior[classCount] * StrictMath.exp(fits[expert].prior(example, label)) / others;
                byClass[label] += weights[expert] * part;
            }
        }
        byClass[labels[example]] = 0;
        double rest = Arrays.stream(byClass).sum();
        for (int label = 0; label < classCount; label++) {
            byClass[label] *= (1 - probabilities[example]) / rest;
        }
        byClass[labels[example]] = probabilities[example];
    }

    private void judgeAnnotators() {
        double sum = 0;
        double count = 0;
        for (int example = 0; example < exampleCount; example++) {
            sum += Arrays.stream(annotationProbabilities[example]).sum();
            count += labelCount(example);
        }
        double spread = (modelCount == 0 ? 0.68 : 0.85) * accuracy * (1 - accuracy);
        for (int annotator = 0; annotator < annotatorCount; annotator++) {
            double labelCount = 0;
            double right = 0;
            double doubt = 0;
            for (int example = 0; example < exampleCount; example++) {
                if (given[example][annotator] >= 0 && given[example][annotator] < trueClassCount) {
                    double probability = annotationProbabilities[example][annotator];
                    labelCount += 1;
                    right += probability;
                    doubt += probability * (1 - probability);
                }
            }
            double mean = (right + 4 * sum / count) / (labelCount + 4);
            annotatorMeans[annotator] = mean;
            annotatorVariances[annotator] = mean * (1 - mean) / (labelCount + 5)
                    + doubt / ((labelCount + 4) * (labelCount + 4))
                    + spread * spread * mean * (1 - mean) / Math.max(1e-9, accuracy * (1 - accuracy));
        }
    }

    /** One expert. */
    final class Fit {

        final String shape;
        final double strength;
        double[][] posterior = new double[exampleCount][classCount];
        double[] classTerm = new double[classCount];
        double[] modelTerm = new double[modelCount];
        int rounds;
        /** How close the last change was to where rounds end, as a ratio. */
        double margin;

        double score;

        private final double[][][] cells = new double[annotatorCount][classCount][classCount];
        private final double[][] rows = new double[annotatorCount][classCount];
        private final double[][][] expected = new double[annotatorCount][classCount][classCount];
        private double[][] pooled = new double[0][];
        private final double[][] elsewhere = new double[annotatorCount][classCount];

        Fit(String shape, double strength) {
            this.shape = shape;
            this.strength = strength;
            start();
            double change;
            double closest = Double.POSITIVE_INFINITY;
            do {
                count();
                expect();
                double[][] before = posterior;
                double[][] logits = logits();
                posterior = normalized(logits);
                change = change(before);
                closest = Math.min(closest, Math.abs(change / 1e-3 - 1));
                rounds++;
                if (change < 1e-3 || rounds == 60) {
                    score = leaveOneOut(before, logits);
                }
                updateTerms();
            } while (change >= 1e-3 && rounds < 60);
            margin = closest;
        }

        private void start() {
            double[] totals = new double[classCount];
            double total = 0;
            Arrays.fill(classTerm, Double.NEGATIVE_INFINITY);
            for (int example = 0; example < exampleCount; example++) {
                for (int label = 0; label < trueClassCount; label++) {
                    double votes = votes(example, label);
                    posterior[example][label] =
                            gold[example] < 0 ? rounded(votes / labelCount(example)) : label == gold[example] ? 1 : 0;
                    totals[label] += votes;
                    total += votes;
                }
            }
            for (int label = 0; label < trueClassCount; label++) {
                classTerm[label] = StrictMath.log((totals[label] + 1) / (total + trueClassCount));
            }
            Arrays.fill(modelTerm, 0.5 / modelCount);
        }

        private static double rounded(double value) {
            return Math.rint(value / UNIT) * UNIT;
        }

        private void count() {
            for (int annotator = 0; annotator < annotatorCount; annotator++) {
                for (int label = 0; label < classCount; label++) {
                    Arrays.fill(cells[annotator][label], 0);
                    rows[annotator][label] = 0;
                    for (int example = 0; example < exampleCount; example++) {
                        int answer = given[example][annotator];
                        if (answer >= 0 && counts(example)) {
                            cells[annotator][label][answer] += posterior[example][label];
                            rows[annotator][label] += posterior[example][label];
                        }
                    }
                }
            }
        }

        private double labels(int annotator) {
            double count = 0;
            for (int example = 0; example < exampleCount; example++) {
                count += given[example][annotator] >= 0 && counts(example) ? 1 : 0;
            }
            return count;
        }

        private double hits(int annotator) {
            double sum = 0;
            for (int label = 0; label < classCount; label++) {
                sum += cells[annotator][label][label];
            }
            return sum;
        }

        private double[][] pooled() {
            double uniform = Math.min(2 * classCount - 1, 31) / (2.0 * classCount - 1);
            double[][] pooled = new double[classCount][classCount];
            for (int label = 0; label < classCount; label++) {
                double total = 0;
                for (int answer = 0; answer < classCount; answer++) {
                    pooled[label][answer] = uniform * (label == answer ? classCount : 1);
                    for (int annotator = 0; annotator < annotatorCount; annotator++) {
                        pooled[label][answer] += cells[annotator][label][answer];
                    }
                    total += pooled[label][answer];
                }
                for (int answer = 0; answer < classCount; answer++) {
                    pooled[label][answer] /= total;
                }
            }
            return pooled;
        }

        private double[] classShares() {
            double[] shares = new double[classCount];
            double total = 0;
            for (int label = 0; label < classCount; label++) {
                for (int annotator = 0; annotator < annotatorCount; annotator++) {
                    shares[label] += rows[annotator][label];
                }
                total += shares[label];
            }
            for (int label = 0; label < classCount; label++) {
                shares[label] /= total;
            }
            return shares;
        }

        private void expect() {
            pooled = pooled();
            double[] shares = classShares();
            double hits = 0;
            double count = 0;
            double meanHit = 0;
            for (int annotator = 0; annotator < annotatorCount; annotator++) {
                hits += hits(annotator);
                count += labels(annotator);
            }
            for (int label = 0; label < classCount; label++) {
                meanHit += shares[label] * pooled[label][label];
            }
            double mean = (hits + 1) / (count + 2);
            for (int annotator = 0; annotator < annotatorCount; annotator++) {
                double labels = labels(annotator);
                double coin = (hits(annotator) + PRIOR * mean) / (labels + PRIOR);
                double fromClasses = 0;
                for (int label = 0; label < classCount; label++) {
                    fromClasses += rows[annotator][label] * pooled[label][label];
                }
                fromClasses = labels > 0 ? fromClasses / labels : meanHit;
                double own = (hits(annotator) + PRIOR * fromClasses) / (labels + PRIOR);
                double[] habits = habits(annotator);
                double byHabit = 0;
                for (int label = 0; label < classCount; label++) {
                    byHabit += rows[annotator][label] * habits[label] + PRIOR * shares[label] * habits[label];
                }
                byHabit /= labels + PRIOR;
                double spam = Math.max(1e-3, Math.min(0.98, (1 - coin) / Math.max(1 - byHabit, 1e-3)));
                for (int label = 0; label < classCount; label++) {
                    double hit = pooled[label][label];
                    for (int answer = 0; answer < classCount; answer++) {
                        double miss = pooled[label][answer] / (1 - hit);
                        double scaled = 1 / (1 + StrictMath.exp(-(logit(hit) + logit(own) - logit(fromClasses))));
                        expected[annotator][label][answer] = switch (shape) {
                            case "coin" -> label == answer ? coin : (1 - coin) * miss;
                            case "scale" -> label == answer ? scaled : (1 - scaled) * miss;
                            default -> Math.max(1e-4, spam * habits[answer] + (label == answer ? 1 - spam : 0));
                        };
                    }
                }
                for (int answer = 0; answer < classCount; answer++) {
                    elsewhere[annotator][answer] = switch (shape) {
                        case "coin" -> 1 - coin;
                        case "scale" -> 1 - own;
                        default -> Math.max(1e-4, spam * habits[answer]);
                    };
                }
            }
        }

        private static double logit(double probability) {
            return StrictMath.log(probability / (1 - probability));
        }

        /** How often the annotator gives each class, whatever is true. */
        private double[] habits(int annotator) {
            double[] own = new double[classCount];
            double[] all = new double[classCount];
            double ownCount = 0;
            double allCount = 0;
            for (int example = 0; example < exampleCount; example++) {
                for (int other = 0; other < annotatorCount; other++) {
                    if (given[example][other] >= 0) {
                        all[given[example][other]] += 1;
                        allCount += 1;
                    }
                }
                if (given[example][annotator] >= 0) {
                    own[given[example][annotator]] += 1;
                    ownCount += 1;
                }
            }
            for (int label = 0; label < classCount; label++) {
                own[label] = (own[label] + PRIOR * all[label] / allCount) / (ownCount + PRIOR);
            }
            return own;
        }

        private double probability(int example, int annotator, int label, double own) {
            int answer = given[example][annotator];
            double share = counts(example) ? own : 0;
            double cell = Math.max(0, cells[annotator][label][answer] - share);
            double row = Math.max(0, rows[annotator][label] - share);
            return Math.max(1e-9, (cell + strength * expected[annotator][label][answer]) / (row + strength));
        }

        private double prior(int example, int label) {
            double sum = classTerm[label];
            for (int model = 0; model < modelCount; model++) {
                sum += modelTerm[model] * logPredictions[model][example][label];
            }
            return sum;
        }

        private double power(int example) {
            return modelCount == 0 ? 1 : 1 / (1 + 0.05 * (size(example) - 1));
        }

        private double[][] logits() {
            double[][] logits = new double[exampleCount][classCount];
            for (int example = 0; example < exampleCount; example++) {
                for (int label = 0; label < classCount; label++) {
                    double sum = 0;
                    for (int annotator = 0; annotator < annotatorCount; annotator++) {
                        if (given[example][annotator] >= 0) {
                            sum += StrictMath.log(probability(example, annotator, label, posterior[example][label]));
                        }
                    }
                    logits[example][label] = candidates[example][label]
                            ? power(example) * sum + prior(example, label)
                            : Double.NEGATIVE_INFINITY;
                }
            }
            return logits;
        }

        private double[][] normalized(double[][] logits) {
            double[][] normalized = new double[exampleCount][];
            for (int example = 0; example < exampleCount; example++) {
                normalized[example] = known(example, softmax(logits[example]));
                for (int label = 0; label < classCount; label++) {
                    normalized[example][label] = rounded(normalized[example][label]);
                }
            }
            return normalized;
        }

        /** The class that is known has all. */
        private double[] known(int example, double[] shares) {
            if (gold[example] >= 0) {
                Arrays.fill(shares, 0);
                shares[gold[example]] = 1;
            }
            return shares;
        }

        private static double[] softmax(double[] logits) {
            double highest = Arrays.stream(logits).max().orElseThrow();
            double[] powers = Arrays.stream(logits)
                    .map(logit -> StrictMath.exp(logit - highest))
                    .toArray();
            double sum = Arrays.stream(powers).sum();
            return Arrays.stream(powers).map(power -> power / sum).toArray();
        }

        private double change(double[][] before) {
            double change = 0;
            for (int example = 0; example < exampleCount; example++) {
                for (int label = 0; label < classCount; label++) {
                    change += Math.abs(posterior[example][label] - before[example][label]);
                }
            }
            return change / exampleCount;
        }

        private double leaveOneOut(double[][] before, double[][] logits) {
            double sum = 0;
            int count = 0;
            for (int example = 0; example < exampleCount; example++) {
                for (int annotator = 0; annotator < annotatorCount; annotator++) {
                    if (given[example][annotator] >= 0 && size(example) > 1) {
                        double[] without = logits[example].clone();
                        double[] predicted = new double[classCount];
                        for (int label = 0; label < classCount; label++) {
                            predicted[label] = probability(example, annotator, label, before[example][label]);
                            without[label] -= power(example) * StrictMath.log(predicted[label]);
                        }
                        double[] weights = known(example, softmax(without));
                        double mean = 0;
                        for (int label = 0; label < classCount; label++) {
                            mean += weights[label] * predicted[label];
                        }
                        sum += StrictMath.log(Math.max(1e-9, mean));
                        count += 1;
                    }
                }
            }
            return count == 0 ? 0 : sum / count;
        }

        private void updateTerms() {
            double[] totals = new double[classCount];
            for (int example = 0; example < exampleCount; example++) {
                for (int label = 0; label < classCount; label++) {
                    totals[label] += posterior[example][label];
                }
            }
            if (modelCount == 0) {
                for (int label = 0; label < trueClassCount; label++) {
                    classTerm[label] = StrictMath.log((totals[label] + 1) / (exampleCount + trueClassCount));
                }
                return;
            }
            double[] expectedTotals = new double[classCount];
            for (double[] shares : predicted()) {
                for (int label = 0; label < classCount; label++) {
                    expectedTotals[label] += shares[label];
                }
            }
            double sum = 0;
            for (int label = 0; label < trueClassCount; label++) {
                classTerm[label] += StrictMath.log((totals[label] + 1) / (expectedTotals[label] + 1));
                sum += StrictMath.exp(classTerm[label]);
            }
            for (int label = 0; label < trueClassCount; label++) {
                classTerm[label] -= StrictMath.log(sum);
            }
            stepModels();
        }

        private double[][] predicted() {
            double[][] predicted = new double[exampleCount][classCount];
            for (int example = 0; example < exampleCount; example++) {
                for (int label = 0; label < classCount; label++) {
                    predicted[example][label] = prior(example, label);
                }
                predicted[example] = softmax(predicted[example]);
            }
            return predicted;
        }

        private void stepModels() {
            double[] gradient = new double[modelCount];
            double[][] information = new double[modelCount][modelCount];
            double[][] predicted = predicted();
            for (int model = 0; model < modelCount; model++) {
                gradient[model] = -10 * modelTerm[model];
                information[model][model] = 10;
            }
            for (int example = 0; example < exampleCount; example++) {
                for (int model = 0; model < modelCount; model++) {
                    for (int label = 0; label < classCount; label++) {
                        gradient[model] += (posterior[example][label] - predicted[example][label])
                                * logPredictions[model][example][label];
                    }
                    for (int other = 0; other < modelCount; other++) {
                        information[model][other] += covariance(predicted[example], example, model, other);
                    }
                }
            }
            double[] steps = cramer(information, gradient);
            for (int model = 0; model < modelCount; model++) {
                double step = Math.max(-0.5, Math.min(0.5, steps[model]));
                modelTerm[model] = Math.max(0, Math.min(2, modelTerm[model] + step));
            }
        }

        private double covariance(double[] shares, int example, int model, int other) {
            double product = 0;
            double mean = 0;
            double otherMean = 0;
            for (int label = 0; label < classCount; label++) {
                double one = logPredictions[model][example][label];
                double two = logPredictions[other][example][label];
                product += shares[label] * one * two;
                mean += shares[label] * one;
                otherMean += shares[label] * two;
            }
            return product - mean * otherMean;
        }

        /** The posterior over all classes; at the end that of all classes that are no candidates, if they are not taken one by one. */
        double[] open(int example, boolean oneByOne) {
            double power = 1 / (1 + 0.1 * (size(example) - 1));
            double[] logits = new double[classCount + 1];
            Arrays.fill(logits, Double.NEGATIVE_INFINITY);
            double others = 0;
            double otherSum = 0;
            for (int label = 0; label < classCount; label++) {
                double sum = 0;
                for (int annotator = 0; annotator < annotatorCount; annotator++) {
                    if (given[example][annotator] >= 0) {
                        sum += StrictMath.log(probability(example, annotator, label, posterior[example][label]));
                    }
                }
                if (oneByOne || candidates[example][label]) {
                    logits[label] = power * sum + prior(example, label);
                } else {
                    others += StrictMath.exp(prior(example, label));
                }
            }
            if (!oneByOne) {
                for (int annotator = 0; annotator < annotatorCount; annotator++) {
                    if (given[example][annotator] >= 0) {
                        otherSum += StrictMath.log(Math.max(1e-9, elsewhere(annotator, given[example][annotator])));
                    }
                }
                logits[classCount] = power * otherSum + StrictMath.log(others);
            }
            return softmax(logits);
        }

        private double elsewhere(int annotator, int answer) {
            if (shape.equals("spam")) {
                return elsewhere[annotator][answer];
            }
            double sum = 0;
            double total = 0;
            for (int label = 0; label < classCount; label++) {
                if (label != answer) {
                    double share = StrictMath.exp(classTerm[label]);
                    sum += share * pooled[label][answer] / (1 - pooled[label][label]);
                    total += share;
                }
            }
            return elsewhere[annotator][answer] * sum / total;
        }
    }

    /** Solves a system of up to three equations by determinants. */
    private static double[] cramer(double[][] system, double[] right) {
        double[] solution = new double[right.length];
        for (int column = 0; column < right.length; column++) {
            double[][] replaced = new double[right.length][];
            for (int row = 0; row < right.length; row++) {
                replaced[row] = system[row].clone();
                replaced[row][column] = right[row];
            }
            solution[column] = determinant(replaced) / determinant(system);
        }
        return solution;
    }

    private static double determinant(double[][] m) {
        return switch (m.length) {
            case 0 -> 1;
            case 1 -> m[0][0];
            case 2 -> m[0][0] * m[1][1] - m[0][1] * m[1][0];
            default ->
                m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
                        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
        };
    }
}
