package dev.crowdlab.engine;

import dev.crowdlab.engine.machine.AltVerdict;
import dev.crowdlab.engine.machine.Machines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Machines beside people once more, as plainly as the study writes it, with {@link NaiveCommittee} for what people say and for
 * what they say beside the panel. Shares nothing with the engine but the input, and the majority vote for ties.
 */
final class NaiveMachines {

    private final int classCount;
    private final int machineCount;
    /** [machines][examples] */
    private final int[][] given;
    /** [examples] the place among those that people labeled, -1 for the others. */
    final int[] places;

    final NaiveCommittee people;
    /** [people's examples][classes] */
    private final double[][] open;
    /** [machines] */
    final int[] overlaps;

    final boolean[] isUsed;
    /** [machines] mean and variance of the accuracy. */
    final double[][] accuracies;
    /** [machines] omega and advantage, NaN without a verdict. */
    final double[][] tests;

    final AltVerdict[] verdicts;
    /** [machines][machines] */
    final double[][] correlations;

    final double rho;
    /** [machines][classes][classes given] */
    private final double[][][] confusions;
    /** [examples][classes] */
    final double[][] panel;
    /** [examples] */
    final int[] panelSizes;

    final double[] confidence;
    final NaiveCommittee mixed;

    /**
     * Calculates everything.
     *
     * @param majority of people, for ties
     */
    NaiveMachines(DataSet data, Machines machines, int[] majority) {
        classCount = data.annotations().classCount();
        machineCount = machines.machineCount();
        int exampleCount = data.annotations().exampleCount();
        given = new int[machineCount][exampleCount];
        Arrays.stream(given).forEach(row -> Arrays.fill(row, -1));
        places = new int[exampleCount];
        Arrays.fill(places, -1);
        List<int[]> rows = new ArrayList<>();
        int next = 0;
        for (int[] row : data.rows()) {
            if (machines.isMachine(row[1])) {
                int machine = (int)
                        IntStream.range(0, row[1]).filter(machines::isMachine).count();
                given[machine][row[0]] = row[2];
            } else {
                places[row[0]] = places[row[0]] < 0 ? next++ : places[row[0]];
                rows.add(new int[] {places[row[0]], person(machines, row[1]), row[2]});
            }
        }
        int personCount = machines.personCount();
        people = new NaiveCommittee(DataSet.of(classCount, personCount, rows, List.of()), majority);
        open = IntStream.range(0, next).mapToObj(people::openPosterior).toArray(double[][]::new);
        overlaps = new int[machineCount];
        isUsed = new boolean[machineCount];
        accuracies = new double[machineCount][];
        tests = new double[machineCount][];
        verdicts = new AltVerdict[machineCount];
        for (int machine = 0; machine < machineCount; machine++) {
            judge(machine, machines.tolerance());
        }
        correlations = new double[machineCount][machineCount];
        rho = correlate();
        confusions = IntStream.range(0, machineCount).mapToObj(this::confusion).toArray(double[][][]::new);
        panel = new double[exampleCount][];
        panelSizes = new int[exampleCount];
        for (int example = 0; example < exampleCount; example++) {
            panel[example] = predict(example);
        }
        confidence = fit();
        List<double[]> models = new ArrayList<>();
        for (int model = 0; model < data.predictions().modelCount(); model++) {
            int number = model;
            models.add(peoples(example -> IntStream.range(0, classCount)
                    .mapToDouble(label -> data.predictions().probability(number, example, label))
                    .toArray()));
        }
        models.add(peoples(example -> panel[example]));
        mixed = new NaiveCommittee(DataSet.of(classCount, personCount, rows, models), majority);
    }

    private static int person(Machines machines, int annotator) {
        return (int) IntStream.range(0, annotator)
                .filter(other -> !machines.isMachine(other))
                .count();
    }

    private double[] peoples(IntFunction<double[]> probabilities) {
        return peoplesExamples()
                .mapToObj(probabilities)
                .flatMapToDouble(DoubleStream::of)
                .toArray();
    }

    /** The examples that people labeled, in their order. */
    private IntStream peoplesExamples() {
        return IntStream.range(0, places.length).filter(example -> places[example] >= 0);
    }

    private int[] common(int machine) {
        return peoplesExamples().filter(example -> given[machine][example] >= 0).toArray();
    }

    private double[] calibrated(int example) {
        return people.classProbabilities[places[example]];
    }

    private void judge(int machine, double tolerance) {
        int[] common = common(machine);
        double count = common.length;
        overlaps[machine] = common.length;
        isUsed[machine] = count >= 30;
        tests[machine] = new double[] {Double.NaN, Double.NaN};
        if (count == 0) {
            verdicts[machine] = AltVerdict.NO_OVERLAP;
            accuracies[machine] = new double[] {Double.NaN, Double.NaN};
            return;
        }
        double right = 0;
        double doubt = 0;
        for (int example : common) {
            double probability = calibrated(example)[given[machine][example]];
            right += probability;
            doubt += probability * (1 - probability);
        }
        double base = peoplesExamples()
                        .mapToDouble(example -> Arrays.stream(calibrated(example))
                                .map(p -> p * p)
                                .sum())
                        .sum()
                / peoplesExamples().count();
        double mean = (right + 4 * base) / (count + 4);
        double consensus = people.accuracy * (1 - people.accuracy);
        double spread = Math.pow(0.68 * consensus, 2) * mean * (1 - mean) / Math.max(1e-9, consensus);
        accuracies[machine] =
                new double[] {mean, mean * (1 - mean) / (count + 5) + doubt / Math.pow(count + 4, 2) + spread};
        test(machine, common, tolerance);
    }

    private void test(int machine, int[] common, double tolerance) {
        List<Double> probabilities = new ArrayList<>();
        double advantage = 0;
        for (int person = 0; person < people.annotatorCount; person++) {
            List<Integer> differences = new ArrayList<>();
            double asGood = 0;
            for (int example : common) {
                int[] labels = people.given[places[example]];
                int own = labels[person];
                int self = person;
                int[] others = IntStream.range(0, labels.length)
                        .filter(other -> other != self && labels[other] >= 0)
                        .map(other -> labels[other])
                        .toArray();
                if (own >= 0 && others.length > 0) {
                    int label = given[machine][example];
                    double forMachine = Arrays.stream(others)
                            .filter(other -> other == label)
                            .count();
                    double forPerson =
                            Arrays.stream(others).filter(other -> other == own).count();
                    differences.add(forPerson > forMachine ? 1 : forPerson < forMachine ? -1 : 0);
                    asGood += forMachine >= forPerson ? 1 : 0;
                }
            }
            int count = differences.size();
            if (count >= 30) {
                double mean = differences.stream().mapToInt(d -> d).average().orElseThrow();
                double variance = differences.stream()
                                .mapToDouble(d -> (d - mean) * (d - mean))
                                .sum()
                        / (count - 1);
                double error = Math.max(1e-12, Math.sqrt(variance / count));
                probabilities.add(normal((mean - tolerance) / error));
                advantage += asGood / count;
            }
        }
        if (probabilities.size() < 3) {
            verdicts[machine] = AltVerdict.TOO_FEW_HUMANS;
            return;
        }
        double omega = rejected(probabilities) / probabilities.size();
        tests[machine] = new double[] {omega, advantage / probabilities.size()};
        verdicts[machine] = omega >= 0.5 ? AltVerdict.PASS : AltVerdict.FAIL;
    }

    /** By Benjamini and Yekutieli. */
    private static double rejected(List<Double> probabilities) {
        double harmonic = IntStream.rangeClosed(1, probabilities.size())
                .mapToDouble(rank -> 1.0 / rank)
                .sum();
        List<Double> sorted = probabilities.stream().sorted().toList();
        for (int rank = sorted.size(); rank > 0; rank--) {
            if (sorted.get(rank - 1) <= 0.05 * rank / (sorted.size() * harmonic)) {
                return rank;
            }
        }
        return 0;
    }

    /** The distribution function of the standard normal distribution, by Simpson's rule. */
    private static double normal(double z) {
        double end = Math.max(-9, Math.min(9, z));
        int steps = 20_000;
        double width = end / steps;
        double sum = 0;
        for (int step = 0; step <= steps; step++) {
            double x = step * width;
            sum += (step == 0 || step == steps ? 1 : step % 2 == 1 ? 4 : 2) * StrictMath.exp(-x * x / 2);
        }
        return 0.5 + sum * width / 3 / Math.sqrt(2 * Math.PI);
    }

    private double correlate() {
        List<Double> defined = new ArrayList<>();
        for (int first = 0; first < machineCount; first++) {
            for (int second = first + 1; second < machineCount; second++) {
                double phi = correlation(first, second);
                correlations[first][second] = phi;
                if (isUsed[first] && isUsed[second] && !Double.isNaN(phi)) {
                    defined.add(phi);
                }
            }
        }
        double mean = defined.stream().mapToDouble(phi -> phi).average().orElse(1);
        return Math.max(0, Math.min(1, mean));
    }

    /** Pearson's correlation of two columns of zeros and ones. */
    private double correlation(int first, int second) {
        double[][] errors = Arrays.stream(common(first))
                .filter(example -> given[second][example] >= 0)
                .mapToObj(example -> new double[] {
                    given[first][example] != people.labels[places[example]] ? 1 : 0,
                    given[second][example] != people.labels[places[example]] ? 1 : 0
                })
                .toArray(double[][]::new);
        double one = Arrays.stream(errors).mapToDouble(e -> e[0]).average().orElse(0);
        double other = Arrays.stream(errors).mapToDouble(e -> e[1]).average().orElse(0);
        double covariance = Arrays.stream(errors)
                .mapToDouble(e -> (e[0] - one) * (e[1] - other))
                .average()
                .orElse(0);
        boolean isDefined = errors.length >= 10 && one > 0 && one < 1 && other > 0 && other < 1;
        return isDefined ? covariance / Math.sqrt(one * (1 - one) * other * (1 - other)) : Double.NaN;
    }

    private double[] predict(int example) {
        double[] own = places[example] < 0 ? new double[classCount] : open[places[example]];
        double[] logits = new double[classCount];
        for (int machine = 0; machine < machineCount; machine++) {
            int label = given[machine][example];
            if (isUsed[machine] && label >= 0) {
                panelSizes[example]++;
                for (int truth = 0; truth < classCount; truth++) {
                    double[] cells = confusions[machine][truth];
                    double sum = Arrays.stream(cells).sum();
                    logits[truth] += StrictMath.log((cells[label] - own[truth]) / (sum - own[truth]));
                }
            }
        }
        double power = 1 / (1 + Math.max(0, panelSizes[example] - 1) * rho);
        double[] weights = new double[classCount];
        for (int truth = 0; truth < classCount; truth++) {
            int column = truth;
            double prior = (Arrays.stream(open).mapToDouble(row -> row[column]).sum() + 1) / (open.length + classCount);
            weights[truth] = prior * StrictMath.exp(power * logits[truth]);
        }
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    /** [classes][classes given] */
    private double[][] confusion(int machine) {
        double[][] cells = new double[classCount][classCount];
        for (int truth = 0; truth < classCount; truth++) {
            Arrays.fill(cells[truth], 0.5);
            cells[truth][truth] += 1;
        }
        for (int example : common(machine)) {
            for (int truth = 0; truth < classCount; truth++) {
                cells[truth][given[machine][example]] += open[places[example]][truth];
            }
        }
        return cells;
    }

    /** The class that the panel finds most probable. */
    int top(int example) {
        int top = 0;
        for (int label = 1; label < classCount; label++) {
            top = panel[example][label] > panel[example][top] ? label : top;
        }
        return top;
    }

    private double logit(int example) {
        double probability = panel[example][top(example)];
        double clipped = Math.max(1e-6, Math.min(1 - 1e-6, probability));
        return StrictMath.log(clipped / (1 - clipped));
    }

    /** Newton's method on two weights. */
    private double[] fit() {
        double[] w = {0, 1};
        for (int step = 0; step < 100; step++) {
            double[] slope = {w[0], 4 * (w[1] - 1)};
            double[] bend = {1, 0, 4};
            for (int example :
                    peoplesExamples().filter(any -> panelSizes[any] > 0).toArray()) {
                double z = logit(example);
                double right = 1 / (1 + StrictMath.exp(-w[0] - w[1] * z));
                double error = right - calibrated(example)[top(example)];
                slope[0] += error;
                slope[1] += error * z;
                bend[0] += right * (1 - right);
                bend[1] += right * (1 - right) * z;
                bend[2] += right * (1 - right) * z * z;
            }
            double determinant = bend[0] * bend[2] - bend[1] * bend[1];
            w[0] -= (bend[2] * slope[0] - bend[1] * slope[1]) / determinant;
            w[1] -= (bend[0] * slope[1] - bend[1] * slope[0]) / determinant;
        }
        return w;
    }

    /** The probability that the panel's class of an example that only machines labeled is right. */
    double right(int example) {
        double right = 1 / (1 + StrictMath.exp(-confidence[0] - confidence[1] * logit(example)));
        return Math.max(1.0 / classCount, right);
    }

    /** What all machines used are worth in independent votes. */
    double effectiveCount() {
        double count = IntStream.range(0, machineCount)
                .filter(machine -> isUsed[machine])
                .count();
        return count == 0 ? 0 : count / (1 + (count - 1) * rho);
    }

    /** The mean weight of the panel under the experts. */
    double weight() {
        return Arrays.stream(mixed.fits)
                .mapToDouble(fit -> fit.modelTerm[fit.modelTerm.length - 1])
                .average()
                .orElseThrow();
    }
}
