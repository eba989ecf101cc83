package dev.crowdlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.engine.ActiveLab;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.AnnotatorStatistics;
import dev.crowdlab.engine.Consensus;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.annotator.ConfusionCounts;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.engine.quality.LabelQualityScore;
import dev.crowdlab.engine.quality.QualityMethod;
import dev.crowdlab.testing.Slow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Up to 2,000 random small datasets with random options, from raw rows to every result, each once more with rows and annotators
 * arriving in another order, read and analyzed in blocks of another size by another number of threads.
 */
class ArrivalDoesNotMatterTest {

    private static final int DATASETS = Slow.cases(300, 2_000);
    private static final double MIN_WEIGHT = 1e-6;

    private int analyzed;
    private int refused;
    private int singles;
    private int unlabeled;

    @Test
    void everyBitStays() {
        for (long seed = 0; seed < DATASETS; seed++) {
            Random random = new Random(seed);
            InputRows rows = rows(random);
            Options options = options(random);
            InputRules rules = InputRows.rules();
            List<Object> expected = results(rows.dataset(rules, 1_000), options.withThreads(1, 4_096));
            Options others = options.withThreads(1 + random.nextInt(3), 1 + random.nextInt(20));
            Dataset shuffled = rows.shuffled(random).dataset(rules, 1 + random.nextInt(20));
            assertThat(results(shuffled, others))
                    .as("seed %d, %s", seed, options)
                    .isEqualTo(expected);
        }
        assertThat(analyzed).as("analyzed").isGreaterThan(3 * DATASETS / 2);
        assertThat(refused).as("with nothing to estimate from").isPositive();
        assertThat(singles).as("with one annotation per example").isPositive();
        assertThat(unlabeled).as("unlabeled examples").isGreaterThan(DATASETS);
    }

    private static Options options(Random random) {
        ConsensusMethod method = ConsensusMethod.values()[random.nextInt(2)];
        ConsensusMethod other = ConsensusMethod.values()[1 - method.ordinal()];
        LabelQualityScore score = LabelQualityScore.values()[random.nextInt(3)];
        boolean adjusted = score != LabelQualityScore.CONFIDENCE_WEIGHTED_ENTROPY && random.nextBoolean();
        return Options.defaults()
                .withConsensus(method, other)
                .withQuality(QualityMethod.values()[random.nextInt(2)])
                .withScore(score, adjusted)
                .withCalibration(random.nextBoolean());
    }

    private static InputRows rows(Random random) {
        InputRows rows = new InputRows();
        int classCount = 2 + random.nextInt(4);
        int annotatorCount = 1 + random.nextInt(8);
        int exampleCount = 1 + random.nextInt(25);
        int most = random.nextInt(12) == 0 ? 1 : 1 + random.nextInt(annotatorCount);
        double accuracy = random.nextDouble();
        for (int example = 0; example < exampleCount; example++) {
            int truth = random.nextInt(classCount);
            int first = random.nextInt(annotatorCount);
            int size = 1 + random.nextInt(most);
            for (int annotator = first; annotator < first + size; annotator++) {
                int label = random.nextDouble() < accuracy ? truth : random.nextInt(classCount);
                rows.annotation(id("e", example), id("a", annotator % annotatorCount), id("c", label));
            }
        }
        int modelCount = random.nextInt(4);
        boolean isCoarse = random.nextBoolean();
        for (int model = 0; model < modelCount; model++) {
            int pool = random.nextBoolean() ? exampleCount + 3 : exampleCount;
            for (int example = 0; example < pool; example++) {
                predict(rows, random, classCount, isCoarse, id("e", example), "m" + model);
            }
        }
        return rows;
    }

    /** Ids whose code-point order has nothing to do with their numbers. */
    private static String id(String kind, int number) {
        return kind + Integer.toString((number + 7) * 7_919 % 1_291, 36);
    }

    private static void predict(
            InputRows rows, Random random, int classCount, boolean isCoarse, String example, String model) {
        int[] shares = new int[classCount];
        int parts = isCoarse ? 8 : 1 << 20;
        int left = parts;
        for (int label = 0; label < classCount - 1; label++) {
            shares[label] = random.nextInt(left + 1);
            left -= shares[label];
        }
        shares[classCount - 1] = left;
        for (int label = 0; label < classCount; label++) {
            rows.prediction(example, model, id("c", label), (double) shares[label] / parts);
        }
    }

    /** Every number and name of the result, or why there is none. */
    private List<Object> results(Dataset dataset, Options options) {
        List<Object> results = new ArrayList<>(List.of(
                dataset.examples().texts(),
                dataset.annotators().texts(),
                dataset.unlabeled().examples().texts(),
                dataset.counts()));
        try {
            addAnalysis(
                    Crowdlab.analyze(dataset.annotations(), dataset.predictions(), options), dataset, options, results);
            analyzed++;
        } catch (UnusableInputException e) {
            refused++;
            results.add(String.valueOf(e.getMessage()));
        }
        if (dataset.models().size() > 0) {
            addScores(
                    ActiveLab.score(
                            dataset.annotations(),
                            dataset.predictions(),
                            dataset.unlabeled().predictions(),
                            options),
                    results);
        }
        return results;
    }

    private void addAnalysis(Analysis analysis, Dataset dataset, Options options, List<Object> results) {
        singles += analysis.singleAnnotationOnly() ? 1 : 0;
        addConsensus(analysis.published(), dataset.examples().size(), results);
        analysis.alternatives()
                .forEach(other -> addConsensus(other, dataset.examples().size(), results));
        for (int position = 0; position < dataset.annotations().annotationCount(); position++) {
            addScore(analysis.annotationQuality(position), results);
        }
        boolean hasWeights = options.qualityMethod() == QualityMethod.CROWDLAB
                && analysis.modelCount() > 0
                && !analysis.singleAnnotationOnly();
        for (int model = 0; model < analysis.modelCount(); model++) {
            addWeight(analysis.modelWeight(model), hasWeights, results);
            results.add(analysis.temperature(model));
        }
        addAnnotators(analysis.annotators(), analysis.confusion(), hasWeights, results);
        results.add(analysis.consensusLikelihood());
    }

    private static void addConsensus(Consensus consensus, int exampleCount, List<Object> results) {
        for (int example = 0; example < exampleCount; example++) {
            results.add(consensus.label(example));
            results.add(consensus.tieBreak(example));
            results.add(consensus.agreement(example));
            addScore(consensus.quality(example), results);
        }
        results.add(consensus.meanQuality());
    }

    private static void addAnnotators(
            AnnotatorStatistics annotators, ConfusionCounts confusion, boolean hasWeights, List<Object> results) {
        for (int annotator = 0; annotator < annotators.annotatorCount(); annotator++) {
            results.add(annotators.quality(annotator));
            results.add(annotators.agreementWithConsensus(annotator));
            results.add(annotators.worstClass(annotator));
            results.add(annotators.labelCount(annotator));
            results.add(annotators.agreementWithAnnotators(annotator));
            addWeight(annotators.weight(annotator), hasWeights, results);
        }
        for (int cell = 0; cell < confusion.size(); cell++) {
            results.add(List.of(
                    confusion.annotator(cell),
                    confusion.consensusClass(cell),
                    confusion.givenClass(cell),
                    confusion.count(cell)));
        }
    }

    private static void addWeight(double weight, boolean hasWeights, List<Object> results) {
        if (hasWeights) {
            assertThat(weight).isGreaterThanOrEqualTo(MIN_WEIGHT);
        } else {
            assertThat(weight).isNaN();
        }
        results.add(weight);
    }

    private void addScores(ActiveLabScores scores, List<Object> results) {
        for (int example = 0; example < scores.labeledCount(); example++) {
            addScore(scores.labeled(example), results);
        }
        for (int example = 0; example < scores.unlabeledCount(); example++) {
            addScore(scores.unlabeled(example), results);
        }
        unlabeled += scores.unlabeledCount();
    }

    /** Doubles are compared by their bits: {@code Double.equals} does. */
    private static void addScore(double score, List<Object> results) {
        assertThat(score).isBetween(0.0, 1.0);
        results.add(score);
    }
}
