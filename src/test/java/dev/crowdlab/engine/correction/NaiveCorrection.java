package dev.crowdlab.engine.correction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The correction by gold as its description says it, with a full matrix of features for every example. */
final class NaiveCorrection {

    private static final double[] STRENGTHS = {1, 4, 16, 64};
    private static final int CONSENSUS = STRENGTHS.length;
    private static final int FOLDS = 10;

    private final List<GoldExample> gold;
    private final int classCount;
    private final List<Integer> frequent;
    private final double[] center;

    int chosen = CONSENSUS;
    boolean isChanged;
    int wins;
    int losses;
    double accuracy;
    double[] weights = new double[0];
    final double[] rescaling;

    NaiveCorrection(List<GoldExample> sample, int classCount, int annotatorCount, int minimum) {
        gold = sample.stream()
                .sorted((one, other) -> Long.compareUnsigned(one.order(), other.order()))
                .toList();
        this.classCount = classCount;
        int[] counts = new int[annotatorCount];
        gold.forEach(example -> Arrays.stream(example.annotators()).forEach(annotator -> counts[annotator]++));
        frequent = IntStream.range(0, annotatorCount)
                .boxed()
                .filter(annotator -> counts[annotator] >= 30)
                .sorted(Comparator.<Integer>comparingInt(annotator -> -counts[annotator]))
                .limit(32)
                .toList();
        center = new double[2 + classCount + frequent.size()];
        center[0] = 0.34;
        boolean[] right = new boolean[gold.size()];
        for (int row = 0; row < right.length; row++) {
            right[row] = gold.get(row).label() == gold.get(row).truth();
        }
        long classes = gold.stream().mapToInt(GoldExample::truth).distinct().count();
        if (gold.size() >= minimum && classes > 1) {
            right = tried(right);
        }
        rescaling = rescale(gold);
        double hits = 0;
        for (boolean hit : right) {
            hits += hit ? 1 : 0;
        }
        accuracy = hits / gold.size();
    }

    private boolean[] tried(boolean[] kept) {
        int count = gold.size();
        double[][] scores = new double[CONSENSUS + 1][count];
        boolean[][] right = new boolean[CONSENSUS + 1][count];
        right[CONSENSUS] = kept;
        for (int fold = 0; fold < FOLDS; fold++) {
            tryFold(fold, scores, right);
        }
        int best = 0;
        for (int place = 1; place <= CONSENSUS; place++) {
            best = mean(scores[place]) > mean(scores[best]) ? place : best;
        }
        chosen = best;
        for (int place = best; place <= CONSENSUS; place++) {
            double[] lost = new double[count];
            for (int row = 0; row < count; row++) {
                lost[row] = scores[best][row] - scores[place][row];
            }
            double mean = mean(lost);
            double squares =
                    Arrays.stream(lost).map(one -> (one - mean) * (one - mean)).sum();
            chosen = mean <= Math.sqrt(squares / (count - 1) / count) ? place : chosen;
        }
        if (chosen == CONSENSUS) {
            return kept;
        }
        for (int row = 0; row < count; row++) {
            wins += right[chosen][row] && !kept[row] ? 1 : 0;
            losses += !right[chosen][row] && kept[row] ? 1 : 0;
        }
        isChanged = wins - losses >= Math.max(2, 1.645 * Math.sqrt(wins + losses));
        if (isChanged) {
            weights = logit(gold, STRENGTHS[chosen], center);
        }
        return isChanged ? right[chosen] : kept;
    }

    private void tryFold(int fold, double[][] scores, boolean[][] right) {
        List<GoldExample> training = new ArrayList<>();
        for (int row = 0; row < gold.size(); row++) {
            if (row % FOLDS != fold) {
                training.add(gold.get(row));
            }
        }
        double[] line = rescale(training);
        for (int row = fold; row < gold.size(); row += FOLDS) {
            GoldExample example = gold.get(row);
            double top = clipped(example.posterior()[example.label()]);
            double sure = 1 / (1 + Math.exp(-line[0] - line[1] * Math.log(top / (1 - top))));
            double rest = example.posterior()[example.truth()] / Math.max(1e-12, 1 - top);
            double probability = example.label() == example.truth() ? sure : (1 - sure) * Math.min(1, rest);
            scores[CONSENSUS][row] = Math.log(Math.max(1e-3, probability));
        }
        double[] w = center;
        for (int place = 0; place < CONSENSUS; place++) {
            w = logit(training, STRENGTHS[place], w);
            for (int row = fold; row < gold.size(); row += FOLDS) {
                GoldExample example = gold.get(row);
                double[] probabilities = probabilities(example, w);
                scores[place][row] = Math.log(Math.max(1e-3, probabilities[example.truth()]));
                right[place][row] = highest(probabilities) == example.truth();
            }
        }
    }

    static int highest(double[] values) {
        int highest = 0;
        for (int place = 1; place < values.length; place++) {
            highest = values[place] > values[highest] ? place : highest;
        }
        return highest;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double clipped(double probability) {
        return Math.max(1e-6, Math.min(1 - 1e-6, probability));
    }

    /** P(right) of the consensus as a line on the logit scale: offset and slope. */
    private static double[] rescale(List<GoldExample> examples) {
        double[] w = {0, 0.34};
        for (int step = 0; step < 30; step++) {
            double[][] system = {{1, 0, w[0]}, {0, 4, 4 * (w[1] - 0.34)}};
            for (GoldExample example : examples) {
                double top = clipped(example.posterior()[example.label()]);
                double z = Math.log(top / (1 - top));
                double q = 1 / (1 + Math.exp(-w[0] - w[1] * z));
                double off = q - (example.label() == example.truth() ? 1 : 0);
                double spread = q * (1 - q);
                system[0][0] += spread;
                system[0][1] += spread * z;
                system[1][0] += spread * z;
                system[1][1] += spread * z * z;
                system[0][2] += off;
                system[1][2] += off * z;
            }
            double[] move = solve(system);
            w[0] -= Math.max(-1, Math.min(1, move[0]));
            w[1] -= Math.max(-1, Math.min(1, move[1]));
            if (Math.max(Math.abs(move[0]), Math.abs(move[1])) < 1e-6) {
                break;
            }
        }
        return w;
    }

    /** [classes][features] */
    private double[][] features(GoldExample example) {
        double[][] features = new double[classCount][center.length];
        for (int label = 0; label < classCount; label++) {
            int known = label;
            long votes = Arrays.stream(example.labels())
                    .filter(given -> given == known)
                    .count();
            features[label][0] = Math.log(Math.max(1e-5, Math.min(1, example.posterior()[label])));
            features[label][1] = Math.log((votes + 0.3) / (example.labels().length + 0.3 * classCount));
            features[label][2 + label] = 1;
            for (int position = 0; position < example.annotators().length; position++) {
                int place = frequent.indexOf(example.annotators()[position]);
                if (place >= 0 && example.labels()[position] == label) {
                    features[label][2 + classCount + place] = 1;
                }
            }
        }
        return features;
    }

    double[] probabilities(GoldExample example, double[] w) {
        double[] sums = Arrays.stream(features(example))
                .mapToDouble(row -> product(row, w))
                .toArray();
        double highest = Arrays.stream(sums).max().orElseThrow();
        double[] shares =
                Arrays.stream(sums).map(sum -> Math.exp(sum - highest)).toArray();
        double total = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / total).toArray();
    }

    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int place = 0; place < one.length; place++) {
            sum += one[place] * other[place];
        }
        return sum;
    }

    private double penalty(int weight, double strength) {
        return weight == 0 ? 4 : strength * (weight == 1 ? 4 : weight < 2 + classCount ? 2 : 3);
    }

    private double loss(List<GoldExample> examples, double strength, double[] w) {
        double loss = 0;
        for (int weight = 0; weight < w.length; weight++) {
            loss += penalty(weight, strength) * Math.pow(w[weight] - center[weight], 2) / 2;
        }
        for (GoldExample example : examples) {
            loss -= Math.log(probabilities(example, w)[example.truth()]);
        }
        return loss;
    }

    private double[] logit(List<GoldExample> examples, double strength, double[] start) {
        double[] w = start.clone();
        double loss = loss(examples, strength, w);
        for (int step = 0; step < 50; step++) {
            double[][] system = new double[w.length][w.length + 1];
            for (int one = 0; one < w.length; one++) {
                system[one][one] += penalty(one, strength);
                system[one][w.length] += penalty(one, strength) * (w[one] - center[one]);
            }
            examples.forEach(example -> add(example, w, system));
            double slope = 0;
            double[] gradient =
                    Arrays.stream(system).mapToDouble(row -> row[w.length]).toArray();
            double[] move = solve(system);
            for (int one = 0; one < w.length; one++) {
                slope += gradient[one] * move[one];
            }
            double length = 1;
            while (length > 1e-6 && loss(examples, strength, moved(w, move, length)) > loss - 1e-4 * length * slope) {
                length /= 2;
            }
            double[] next = moved(w, move, length);
            System.arraycopy(next, 0, w, 0, w.length);
            double before = loss;
            loss = loss(examples, strength, w);
            double largest = length * Arrays.stream(move).map(Math::abs).max().orElseThrow();
            if (largest < 1e-6 || before - loss < 1e-10 * Math.max(1, Math.abs(loss))) {
                break;
            }
        }
        return w;
    }

    private static double[] moved(double[] w, double[] move, double length) {
        double[] moved = new double[w.length];
        Arrays.setAll(moved, weight -> w[weight] - length * move[weight]);
        return moved;
    }

    private void add(GoldExample example, double[] w, double[][] system) {
        double[][] features = features(example);
        double[] probabilities = probabilities(example, w);
        double[] mean = new double[w.length];
        for (int label = 0; label < classCount; label++) {
            for (int one = 0; one < w.length; one++) {
                mean[one] += probabilities[label] * features[label][one];
            }
        }
        for (int one = 0; one < w.length; one++) {
            system[one][w.length] += mean[one] - features[example.truth()][one];
            for (int other = 0; other < w.length; other++) {
                for (int label = 0; label < classCount; label++) {
                    system[one][other] += probabilities[label]
                            * (features[label][one] - mean[one])
                            * (features[label][other] - mean[other]);
                }
            }
        }
    }

    /** Solves by elimination; the last column is the right side. */
    private static double[] solve(double[][] system) {
        int count = system.length;
        for (int pivot = 0; pivot < count; pivot++) {
            for (int row = 0; row < count; row++) {
                double factor = row == pivot ? 0 : system[row][pivot] / system[pivot][pivot];
                for (int column = pivot; column <= count && factor != 0; column++) {
                    system[row][column] -= factor * system[pivot][column];
                }
            }
        }
        return IntStream.range(0, count)
                .mapToDouble(row -> system[row][count] / system[row][row])
                .toArray();
    }
}
