package dev.crowdlab.engine;

import dev.crowdlab.engine.agreement.AgreementMeasure;
import dev.crowdlab.engine.pass.Annotations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The measures of agreement written down from their definitions: Krippendorff by the coincidence matrix, the others by the
 * shares of chance, and every example left out in turn. Examples are maps from annotators to labels.
 */
final class NaiveAgreement {

    private final List<Map<Integer, Integer>> examples;
    private final int classCount;

    NaiveAgreement(List<Map<Integer, Integer>> examples, int classCount) {
        this.examples = examples;
        this.classCount = classCount;
    }

    static NaiveAgreement of(Annotations annotations) {
        List<Map<Integer, Integer>> examples = new ArrayList<>();
        for (int example = 0; example < annotations.exampleCount(); example++) {
            Map<Integer, Integer> labels = new TreeMap<>();
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                labels.put(annotations.annotator(position), annotations.label(position));
            }
            examples.add(labels);
        }
        return new NaiveAgreement(examples, annotations.classCount());
    }

    double value(AgreementMeasure measure) {
        return switch (measure) {
            case PERCENT_AGREEMENT -> percent();
            case KRIPPENDORFF_ALPHA -> alpha();
            case FLEISS_KAPPA -> fleiss();
            case GWET_AC1 -> gwet();
            case MEAN_COHEN_KAPPA -> cohen();
        };
    }

    /** Returns the standard error by leaving out each example that matters; NaN if that is undefined once. */
    double standardError(AgreementMeasure measure) {
        List<Double> values = new ArrayList<>();
        for (int left = 0; left < examples.size(); left++) {
            if (measure == AgreementMeasure.GWET_AC1 || examples.get(left).size() > 1) {
                List<Map<Integer, Integer>> others = new ArrayList<>(examples);
                others.remove(left);
                values.add(new NaiveAgreement(others, classCount).value(measure));
            }
        }
        int n = values.size();
        double mean = values.stream().mapToDouble(Double::doubleValue).sum() / n;
        double squares =
                values.stream().mapToDouble(value -> Math.pow(value - mean, 2)).sum();
        return n < 2 ? Double.NaN : Math.sqrt((n - 1.0) / n * squares);
    }

    private double percent() {
        return mean(compared(), example -> {
            int agreeing = 0;
            List<Integer> labels = new ArrayList<>(example.values());
            for (int one = 0; one < labels.size(); one++) {
                for (int other = 0; other < labels.size(); other++) {
                    agreeing += one != other && labels.get(one).equals(labels.get(other)) ? 1 : 0;
                }
            }
            return agreeing / (double) (labels.size() * (labels.size() - 1));
        });
    }

    private double alpha() {
        double[][] coincidences = new double[classCount][classCount];
        for (Map<Integer, Integer> example : compared()) {
            example.forEach((one, label) -> example.forEach((other, otherLabel) -> {
                if (!one.equals(other)) {
                    coincidences[label][otherLabel] += 1.0 / (example.size() - 1);
                }
            }));
        }
        double n = 0;
        double[] totals = new double[classCount];
        for (int c = 0; c < classCount; c++) {
            for (int k = 0; k < classCount; k++) {
                totals[c] += coincidences[c][k];
                n += coincidences[c][k];
            }
        }
        double observed = 0;
        double expected = 0;
        for (int c = 0; c < classCount; c++) {
            for (int k = 0; k < classCount; k++) {
                observed += c == k ? 0 : coincidences[c][k];
                expected += c == k ? 0 : totals[c] * totals[k] / (n - 1);
            }
        }
        return expected < 1e-9 ? Double.NaN : 1 - observed / expected;
    }

    private double fleiss() {
        if (compared().isEmpty()
                || examples.stream().mapToInt(Map::size).distinct().count() > 1) {
            return Double.NaN;
        }
        double chance = IntStream.range(0, classCount)
                .mapToDouble(label -> Math.pow(mean(examples, example -> share(example, label)), 2))
                .sum();
        return chance > 1 - 1e-9 ? Double.NaN : (percent() - chance) / (1 - chance);
    }

    private double gwet() {
        double chance = IntStream.range(0, classCount)
                        .mapToDouble(label -> mean(examples, example -> share(example, label)))
                        .map(share -> share * (1 - share))
                        .sum()
                / (classCount - 1);
        return (percent() - chance) / (1 - chance);
    }

    /** Chance from all pairs of different common examples, one by one; over pairs by sums of the two parts of kappa. */
    private double cohen() {
        int annotators = 1
                + examples.stream()
                        .flatMap(example -> example.keySet().stream())
                        .max(Integer::compare)
                        .orElse(0);
        double agreement = 0;
        double possible = 0;
        for (int one = 0; one < annotators; one++) {
            for (int other = one + 1; other < annotators; other++) {
                List<Map<Integer, Integer>> common = common(one, other);
                if (common.size() > 1) {
                    double chance = chanceOfDifferentExamples(common, one, other);
                    agreement += common.size() * (equalShare(common, one, other) - chance);
                    possible += common.size() * (1 - chance);
                }
            }
        }
        return possible < 1e-9 ? Double.NaN : Math.max(-1, Math.min(1, agreement / possible));
    }

    private static double chanceOfDifferentExamples(List<Map<Integer, Integer>> common, int one, int other) {
        int equal = 0;
        for (Map<Integer, Integer> example : common) {
            for (Map<Integer, Integer> another : common) {
                equal += example != another && example.get(one).equals(another.get(other)) ? 1 : 0;
            }
        }
        return (double) equal / (common.size() * (common.size() - 1));
    }

    private static double equalShare(List<Map<Integer, Integer>> common, int one, int other) {
        return mean(common, example -> example.get(one).equals(example.get(other)) ? 1 : 0);
    }

    /** Returns the common examples of all pairs of annotators with two or more, added up. */
    int commonCount() {
        int annotators = 1
                + examples.stream()
                        .flatMap(example -> example.keySet().stream())
                        .max(Integer::compare)
                        .orElse(0);
        int count = 0;
        for (int one = 0; one < annotators; one++) {
            for (int other = one + 1; other < annotators; other++) {
                int common = common(one, other).size();
                count += common > 1 ? common : 0;
            }
        }
        return count;
    }

    double cohen(int one, int other) {
        List<Map<Integer, Integer>> common = common(one, other);
        if (common.isEmpty()) {
            return Double.NaN;
        }
        double observed = equalShare(common, one, other);
        double chance = IntStream.range(0, classCount)
                .mapToDouble(label -> mean(common, example -> example.get(one) == label ? 1 : 0)
                        * mean(common, example -> example.get(other) == label ? 1 : 0))
                .sum();
        return chance > 1 - 1e-9 ? Double.NaN : (observed - chance) / (1 - chance);
    }

    List<Map<Integer, Integer>> common(int one, int other) {
        return examples.stream()
                .filter(example -> example.containsKey(one) && example.containsKey(other))
                .toList();
    }

    List<Map<Integer, Integer>> compared() {
        return examples.stream().filter(example -> example.size() > 1).toList();
    }

    private static double share(Map<Integer, Integer> example, int label) {
        return example.values().stream().filter(given -> given == label).count() / (double) example.size();
    }

    private static double mean(List<Map<Integer, Integer>> examples, ToDoubleFunction<Map<Integer, Integer>> value) {
        return examples.stream().mapToDouble(value).sum() / examples.size();
    }
}
