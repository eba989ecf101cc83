package dev.crowdlab.engine;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.quality.QualityMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rules once more, as slowly and plainly as they are written: a dense matrix of labels, the posterior class by
 * class and annotator by annotator. Shares nothing with the engine but the input.
 */
public final class NaiveCrowdlab {

    public static final int NO_LABEL = -1;
    private static final double FLOOR = 1e-6;

    public final int exampleCount;
    final int annotatorCount;
    public final int classCount;
    final int modelCount;
    public final int[][] given;
    final double[][][] probabilities;
    final QualityMethod method;
    final boolean single;
    final int[] gold;

    int[] majority;
    TieBreak[] majorityRules;
    public int[] consensus;
    public TieBreak[] tieBreaks;
    public double[][] posterior;
    double likelihood;
    double[] agreementWithAnnotators;
    double[] annotatorWeights;
    public double[] modelWeights;

    public NaiveCrowdlab(DataSet data, ConsensusMethod consensusMethod, QualityMethod method) {
        this.method = data.predictions().modelCount() == 0 ? QualityMethod.AGREEMENT : method;
        exampleCount = data.annotations().exampleCount();
        annotatorCount = data.annotations().annotatorCount();
        classCount = data.annotations().classCount();
        modelCount = data.predictions().modelCount();
        given = dense(data.annotations());
        gold = data.gold();
        probabilities = dense(data.predictions());
        single = multiExamples().isEmpty();
        voteByMajority();
        agreementWithAnnotators = single ? filled(annotatorCount) : mutualAgreements();
        consensus = majority.clone();
        tieBreaks = majorityRules.clone();
        for (int example = 0; example < exampleCount; example++) {
            tieBreaks[example] = majorityRules[example] == TieBreak.VOTES ? TieBreak.NONE : majorityRules[example];
        }
        estimate();
        if (consensusMethod == ConsensusMethod.BEST_QUALITY && !single) {
            chooseBest();
            estimate();
        }
    }

    private static double[] filled(int length) {
        double[] values = new double[length];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private static int[][] dense(Annotations annotations) {
        int[][] given = new int[annotations.exampleCount()][annotations.annotatorCount()];
        for (int example = 0; example < given.length; example++) {
            Arrays.fill(given[example], NO_LABEL);
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                given[example][annotations.annotator(position)] = annotations.label(position);
            }
        }
        return given;
    }

    private static double[][][] dense(Predictions predictions) {
        double[][][] dense = new double[predictions.modelCount()][predictions.exampleCount()][predictions.classCount()];
        for (int model = 0; model < dense.length; model++) {
            for (int example = 0; example < predictions.exampleCount(); example++) {
                for (int label = 0; label < predictions.classCount(); label++) {
                    dense[model][example][label] = predictions.probability(model, example, label);
                }
            }
        }
        return dense;
    }

    public int size(int example) {
        return (int) Arrays.stream(given[example]).filter(label -> label >= 0).count();
    }

    int votes(int example, int label) {
        return (int)
                Arrays.stream(given[example]).filter(other -> other == label).count();
    }

    List<Integer> multiExamples() {
        List<Integer> multi = new ArrayList<>();
        for (int example = 0; example < exampleCount; example++) {
            if (size(example) > 1) {
                multi.add(example);
            }
        }
        return multi;
    }

    List<Integer> examplesOf(int annotator) {
        List<Integer> examples = new ArrayList<>();
        for (int example = 0; example < exampleCount; example++) {
            if (given[example][annotator] >= 0) {
                examples.add(example);
            }
        }
        return examples;
    }

    private double meanSize() {
        double sum = 0;
        for (int example = 0; example < exampleCount; example++) {
            sum += size(example);
        }
        return sum / exampleCount;
    }

    private double meanPrediction(int example, int label) {
        double sum = 0;
        for (double[][] model : probabilities) {
            sum += model[example][label];
        }
        return sum / modelCount;
    }

    private void voteByMajority() {
        majority = new int[exampleCount];
        majorityRules = new TieBreak[exampleCount];
        boolean[] clear = new boolean[exampleCount];
        for (int example = 0; example < exampleCount; example++) {
            List<Integer> leaders = leaders(example);
            clear[example] = leaders.size() == 1;
            majority[example] = leaders.get(0);
            majorityRules[example] = TieBreak.VOTES;
            if (gold[example] >= 0) {
                clear[example] = true;
                majority[example] = gold[example];
            }
        }
        double[] accuracies = firstAccuracies(clear);
        for (int example = 0; example < exampleCount; example++) {
            if (!clear[example]) {
                breakTie(example, leaders(example), accuracies);
            }
        }
    }

    private List<Integer> leaders(int example) {
        double[] votes = new double[classCount];
        List<Integer> all = new ArrayList<>();
        for (int label = 0; label < classCount; label++) {
            votes[label] = votes(example, label);
            all.add(label);
        }
        return keepHighest(all, votes);
    }

    private static List<Integer> keepHighest(List<Integer> candidates, double[] values) {
        double highest =
                candidates.stream().mapToDouble(label -> values[label]).max().orElseThrow();
        return candidates.stream().filter(label -> values[label] == highest).toList();
    }

    private double[] firstAccuracies(boolean[] clear) {
        double[] accuracies = filled(annotatorCount);
        for (int annotator = 0; annotator < annotatorCount; annotator++) {
            double labels = 0;
            double right = 0;
            for (int example : examplesOf(annotator)) {
                labels += clear[example] ? 1 : 0;
                right += clear[example] && given[example][annotator] == majority[example] ? 1 : 0;
            }
            accuracies[annotator] = right / labels;
        }
        return withMeanForNaN(accuracies);
    }

    private static double[] withMeanForNaN(double[] values) {
        double mean = Arrays.stream(values)
                        .filter(value -> !Double.isNaN(value))
                        .reduce(0, Double::sum)
                / Arrays.stream(values).filter(value -> !Double.isNaN(value)).count();
        return Arrays.stream(values)
                .map(value -> Double.isNaN(value) ? mean : value)
                .toArray();
    }

    private void breakTie(int example, List<Integer> leaders, double[] accuracies) {
        double[] probability = new double[classCount];
        double[] rarity = new double[classCount];
        double[] accuracy = new double[classCount];
        for (int label = 0; label < classCount; label++) {
            probability[label] = modelCount == 0 ? 0 : meanPrediction(example, label);
            for (int other = 0; other < exampleCount; other++) {
                rarity[label] -= votes(other, label);
            }
            for (int annotator = 0; annotator < annotatorCount; annotator++) {
                accuracy[label] += given[example][annotator] == label ? accuracies[annotator] : 0;
            }
            accuracy[label] /= votes(example, label);
            accuracy[label] = Double.isNaN(accuracy[label]) ? 0 : accuracy[label];
        }
        List<Integer> candidates = keepHighest(leaders, probability);
        majorityRules[example] = TieBreak.MODEL;
        if (candidates.size() > 1) {
            candidates = keepHighest(candidates, rarity);
            majorityRules[example] = TieBreak.CLASS_FREQUENCY;
        }
        if (candidates.size() > 1) {
            candidates = keepHighest(candidates, accuracy);
            majorityRules[example] = TieBreak.ANNOTATOR_ACCURACY;
        }
        if (candidates.size() > 1) {
            majorityRules[example] = TieBreak.CLASS_ORDER;
        }
        majority[example] = candidates.get(0);
    }

    private double[] mutualAgreements() {
        double[] agreements = new double[annotatorCount];
        for (int annotator = 0; annotator < annotatorCount; annotator++) {
            double agreeing = 0;
            double others = 0;
            for (int example : examplesOf(annotator)) {
                agreeing += votes(example, given[example][annotator]) - 1;
                others += size(example) - 1;
            }
            agreements[annotator] = agreeing / others;
        }
        return withMeanForNaN(agreements);
    }

    private void estimate() {
        likelihood = Double.NaN;
        annotatorWeights = filled(annotatorCount);
        modelWeights = filled(modelCount);
        if (!single) {
            likelihood = multiExamples().stream()
                    .mapToDouble(this::agreement)
                    .average()
                    .orElseThrow();
        }
        if (!single && method == QualityMethod.CROWDLAB) {
            weigh();
        }
        posterior = new double[exampleCount][classCount];
        for (int example = 0; example < exampleCount; example++) {
            for (int label = 0; label < classCount; label++) {
                posterior[example][label] = posterior(example, label);
            }
        }
    }

    double agreement(int example) {
        return (double) votes(example, consensus[example]) / size(example);
    }

    private void weigh() {
        int[] frequencies = new int[classCount];
        multiExamples().forEach(example -> frequencies[consensus[example]]++);
        double multiCount = multiExamples().size();
        double error = Math.max(FLOOR, 1 - Arrays.stream(frequencies).max().orElseThrow() / multiCount);
        for (int annotator = 0; annotator < annotatorCount; annotator++) {
            annotatorWeights[annotator] = Math.max(FLOOR, 1 - (1 - agreementWithAnnotators[annotator]) / error);
        }
        for (int model = 0; model < modelCount; model++) {
            double wrong = 0;
            for (int example : multiExamples()) {
                wrong += argmax(probabilities[model][example]) == consensus[example] ? 0 : 1;
            }
            modelWeights[model] = Math.max(FLOOR, 1 - wrong / multiCount / error) * Math.sqrt(meanSize());
        }
    }

    private static int argmax(double[] values) {
        double highest = Arrays.stream(values).max().orElseThrow();
        int index = 0;
        while (values[index] != highest) {
            index++;
        }
        return index;
    }

    private double posterior(int example, int label) {
        if (single) {
            return meanPrediction(example, label);
        }
        if (method == QualityMethod.AGREEMENT) {
            return (double) votes(example, label) / size(example);
        }
        double numerator = 0;
        double denominator = 0;
        for (int model = 0; model < modelCount; model++) {
            numerator += modelWeights[model] * probabilities[model][example][label];
            denominator += modelWeights[model];
        }
        for (int annotator = 0; annotator < annotatorCount; annotator++) {
            if (given[example][annotator] >= 0) {
                double other = (1 - likelihood) / (classCount - 1);
                numerator += annotatorWeights[annotator] * (given[example][annotator] == label ? likelihood : other);
                denominator += annotatorWeights[annotator];
            }
        }
        return numerator / denominator;
    }

    private void chooseBest() {
        int[] chosen = new int[exampleCount];
        for (int example = 0; example < exampleCount; example++) {
            double highest = Arrays.stream(posterior[example]).max().orElseThrow();
            long near = Arrays.stream(posterior[example])
                    .filter(value -> highest - value <= 1e-12)
                    .count();
            chosen[example] = near == 1 ? argmax(posterior[example]) : majority[example];
            tieBreaks[example] = near == 1 ? TieBreak.NONE : majorityRules[example];
            if (gold[example] >= 0) {
                chosen[example] = gold[example];
                tieBreaks[example] = TieBreak.NONE;
            }
        }
        consensus = chosen;
    }

    double consensusQuality(int example) {
        if (gold[example] >= 0) {
            return 1;
        }
        return method == QualityMethod.AGREEMENT && !single
                ? agreement(example)
                : clamp(posterior[example][consensus[example]]);
    }

    double annotationQuality(int example, int annotator) {
        if (gold[example] >= 0) {
            return given[example][annotator] == gold[example] ? 1 : 0;
        }
        return clamp(posterior[example][given[example][annotator]]);
    }

    private static double clamp(double score) {
        return Math.min(1, Math.max(0, score));
    }

    double annotatorQuality(int annotator) {
        double mean = examplesOf(annotator).stream()
                .mapToDouble(example -> annotationQuality(example, annotator))
                .average()
                .orElseThrow();
        List<Integer> multi = examplesOf(annotator).stream()
                .filter(example -> size(example) > 1)
                .toList();
        if (single || multi.isEmpty()) {
            return single ? mean : Double.NaN;
        }
        double share = shareOfConsensus(annotator, multi);
        if (method == QualityMethod.AGREEMENT) {
            return share;
        }
        double models = Arrays.stream(modelWeights).average().orElseThrow();
        double annotators = Arrays.stream(annotatorWeights).sum() * meanSize() / annotatorCount;
        double u = models / (models + annotators);
        return u * mean + (1 - u) * share;
    }

    double shareOfConsensus(int annotator, List<Integer> examples) {
        double agreeing = examples.stream()
                .filter(example -> given[example][annotator] == consensus[example])
                .count();
        return agreeing / examples.size();
    }

    /** Returns whether the class may be called worst: mean qualities that differ by rounding alone leave a choice. */
    boolean isWorstClass(int annotator, int label) {
        List<Integer> examples = examplesGiven(annotator, label);
        boolean isWorst = !examples.isEmpty();
        for (int other = 0; other < classCount; other++) {
            List<Integer> others = examplesGiven(annotator, other);
            isWorst &= others.isEmpty() || !isWorse(annotator, others, examples);
        }
        return isWorst;
    }

    private List<Integer> examplesGiven(int annotator, int label) {
        return examplesOf(annotator).stream()
                .filter(example -> given[example][annotator] == label)
                .toList();
    }

    private boolean isWorse(int annotator, List<Integer> examples, List<Integer> others) {
        double share = shareOfConsensus(annotator, examples);
        double otherShare = shareOfConsensus(annotator, others);
        if (share != otherShare) {
            return share < otherShare;
        }
        if (examples.size() != others.size()) {
            return examples.size() > others.size();
        }
        return meanConsensusQuality(examples) > meanConsensusQuality(others) + 1e-12;
    }

    private double meanConsensusQuality(List<Integer> examples) {
        return examples.stream().mapToDouble(this::consensusQuality).average().orElseThrow();
    }
}
