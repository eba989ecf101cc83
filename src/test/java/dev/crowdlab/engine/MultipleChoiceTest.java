package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.agreement.AgreementMeasure;
import dev.crowdlab.engine.choice.ChoicePairs;
import dev.crowdlab.engine.choice.ChoiceSets;
import dev.crowdlab.engine.choice.ClassChoices;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.engine.quality.QualityMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MultipleChoiceTest {

    private static final Options MAJORITY = Options.defaults().withConsensus(ConsensusMethod.MAJORITY_VOTE);
    private static final Options COMMITTEE = Options.defaults().withConsensus(ConsensusMethod.COMMITTEE);

    /** Exact to the last bits, whatever the order in which sums are made. */
    private static final double CLOSE = 1e-9;

    /** Answers by example and annotator: classes as letters, "-" for none of them, "." for no answer. */
    private static MultipleChoice.Input input(int classCount, String... examples) {
        ChoiceSets.Builder sets = new ChoiceSets.Builder(classCount);
        List<int[]> rows = new ArrayList<>();
        int annotatorCount = 0;
        for (int example = 0; example < examples.length; example++) {
            String[] answers = examples[example].split(" ");
            annotatorCount = Math.max(annotatorCount, answers.length);
            for (int annotator = 0; annotator < answers.length; annotator++) {
                if (!answers[annotator].equals(".")) {
                    int[] set = answers[annotator]
                            .replace("-", "")
                            .chars()
                            .map(letter -> letter - 'a')
                            .toArray();
                    rows.add(new int[] {example, annotator, sets.place(set, set.length)});
                }
            }
        }
        Annotations annotations = Annotations.of(sets.size(), annotatorCount, rows.toArray(new int[0][]));
        return new MultipleChoice.Input(
                annotations, sets.build(), Predictions.none(examples.length, classCount), new long[0]);
    }

    private static List<Integer> published(ChoiceAnalysis analysis, int example) {
        int set = analysis.answers().published().label(example);
        return IntStream.range(analysis.sets().start(set), analysis.sets().end(set))
                .mapToObj(analysis.sets()::classAt)
                .toList();
    }

    /**
     * In the shape of the medical relations: 14 options, about 15 answers a sentence by workers of different care, and 1.2
     * choices an answer. A worker who errs chooses something else as well, or instead.
     */
    private static MultipleChoice.Input relations(int exampleCount, long seed, boolean hasModel) {
        SplittableRandom random = new SplittableRandom(seed);
        ChoiceSets.Builder sets = new ChoiceSets.Builder(14);
        List<int[]> rows = new ArrayList<>();
        double[] model = new double[14 * exampleCount];
        for (int example = 0; example < exampleCount; example++) {
            int right = random.nextInt(4) * random.nextInt(4);
            boolean isPair = random.nextInt(5) == 0;
            for (int annotator = 0; annotator < 30; annotator++) {
                if (random.nextInt(2) == 0) {
                    boolean[] chosen = new boolean[14];
                    boolean errs = random.nextInt(30) < 4 + annotator / 2;
                    chosen[right] = !errs || random.nextBoolean();
                    chosen[(right + 1) % 14] = isPair && !errs;
                    chosen[random.nextInt(14)] |= errs && random.nextInt(8) > 0;
                    int[] set = IntStream.range(0, 14)
                            .filter(label -> chosen[label])
                            .toArray();
                    rows.add(new int[] {example, annotator, sets.place(set, set.length)});
                }
            }
            for (int label = 0; label < 14; label++) {
                double belief = label == right || (isPair && label == (right + 1) % 14) ? 0.7 : 0.2;
                model[14 * example + label] = belief + 0.25 * (random.nextDouble() - 0.5);
            }
        }
        Annotations annotations = Annotations.of(sets.size(), 30, rows.toArray(new int[0][]));
        Predictions predictions = new Predictions(exampleCount, 14, hasModel ? List.of(model) : List.of());
        return new MultipleChoice.Input(annotations, sets.build(), predictions, new long[0]);
    }

    /** One class against the rest, written out. */
    private static DataSet oneAgainstRest(MultipleChoice.Input input, int label) {
        Annotations answers = input.answers();
        List<int[]> rows = new ArrayList<>();
        double[] model = new double[2 * answers.exampleCount()];
        for (int example = 0; example < answers.exampleCount(); example++) {
            for (int position = answers.start(example); position < answers.end(example); position++) {
                int chosen = input.sets().contains(answers.label(position), label) ? 1 : 0;
                rows.add(new int[] {example, answers.annotator(position), chosen});
            }
            if (input.predictions().modelCount() > 0) {
                model[2 * example + 1] = input.predictions().probability(0, example, label);
                model[2 * example] = 1 - model[2 * example + 1];
            }
        }
        List<double[]> models = input.predictions().modelCount() > 0 ? List.of(model) : List.of();
        return DataSet.of(2, answers.annotatorCount(), rows, models);
    }

    private static void assertEqual(
            ChoiceAnalysis analysis, int label, double[] probabilities, MultipleChoice.Input input) {
        ChoicePairs pairs = analysis.examples().pairs();
        for (int example = 0; example < probabilities.length; example++) {
            int row = pairs.find(example, label);
            if (row >= 0) {
                assertThat(analysis.examples().probability(row)).isCloseTo(probabilities[example], within(CLOSE));
            } else {
                Annotations answers = input.answers();
                assertThat(probabilities[example]).isLessThanOrEqualTo(0.5);
                assertThat(IntStream.range(answers.start(example), answers.end(example)))
                        .noneMatch(position -> input.sets().contains(answers.label(position), label));
            }
            assertThat(published(analysis, example).contains(label)).isEqualTo(probabilities[example] > 0.5);
        }
    }

    @Test
    void aClassIsPublishedByMoreThanHalfOfTheAnswersWithoutModels() {
        ChoiceAnalysis analysis =
                MultipleChoice.analyze(input(3, "ab a b", "- - c", "a b", "abc . abc", "- - -"), MAJORITY);
        assertThat(published(analysis, 0)).containsExactly(0, 1);
        assertThat(published(analysis, 1)).isEmpty();
        assertThat(published(analysis, 2)).as("half is not more than half").isEmpty();
        assertThat(published(analysis, 3)).containsExactly(0, 1, 2);
        assertThat(published(analysis, 4)).isEmpty();
        assertThat(analysis.answers().published().quality(0)).isEqualTo(2.0 / 3);
        assertThat(analysis.answers().published().quality(1)).isEqualTo(1 - 1.0 / 3);
        assertThat(analysis.answers().published().quality(3)).isEqualTo(1);
        assertThat(analysis.answers().annotationQuality(0)).as("ab on ab").isEqualTo(2.0 / 3);
        assertThat(analysis.answers().annotationQuality(1)).as("a on ab").isEqualTo(1 - 2.0 / 3);
        assertThat(analysis.examples().pairs().find(4, 0))
                .as("nobody thought of it")
                .isEqualTo(-1);
    }

    @Test
    void annotatorsAreCountedClassByClass() {
        ChoiceAnalysis analysis = MultipleChoice.analyze(input(3, "ab a b", "a a c", "- b -"), MAJORITY);
        int first = analysis.annotators().pairs().find(0, 0);
        assertThat(analysis.annotators().chosenCount(first)).isEqualTo(2);
        assertThat(analysis.annotators().publishedCount(first)).isEqualTo(2);
        assertThat(analysis.annotators().bothCount(first)).isEqualTo(2);
        assertThat(analysis.annotators().quality(first)).isCloseTo((2.0 / 3 + 2.0 / 3 + 1) / 3, within(1e-15));
        int third = analysis.annotators().pairs().find(2, 0);
        assertThat(analysis.annotators().chosenCount(third)).isZero();
        assertThat(analysis.annotators().publishedCount(third)).isEqualTo(2);
        assertThat(analysis.annotators().pairs().find(0, 2))
                .as("neither chosen nor published")
                .isEqualTo(-1);
        assertThat(analysis.answers().annotators().agreementWithConsensus(0)).isEqualTo(1);
    }

    @Test
    void oneSetForAllIsEnough() {
        ChoiceAnalysis analysis = MultipleChoice.analyze(input(1, "a a", "a a"), MAJORITY);
        assertThat(published(analysis, 1)).containsExactly(0);
        assertThat(analysis.classes().get(0).publishedCount()).isEqualTo(2);
    }

    @Test
    void theCommitteeOfEachClassIsAPlainCalculation() {
        MultipleChoice.Input input = relations(120, 7, false);
        ChoiceAnalysis analysis = MultipleChoice.analyze(input, COMMITTEE);
        for (int label = 0; label < 14; label++) {
            DataSet two = oneAgainstRest(input, label);
            NaiveCommittee plain = new NaiveCommittee(two, two.analyze(MAJORITY).majorityVote());
            double[] probabilities = Arrays.stream(plain.classProbabilities)
                    .mapToDouble(row -> row[1])
                    .toArray();
            assertEqual(analysis, label, probabilities, input);
            assertThat(analysis.classes().get(label).accuracy()).isCloseTo(plain.accuracy, within(CLOSE));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MAJORITY_VOTE", "BEST_QUALITY"})
    void crowdlabOfEachClassIsAPlainCalculation(ConsensusMethod method) {
        MultipleChoice.Input input = relations(150, 8, true);
        ChoiceAnalysis analysis =
                MultipleChoice.analyze(input, Options.defaults().withConsensus(method));
        for (int label = 0; label < 14; label++) {
            NaiveCrowdlab plain = new NaiveCrowdlab(oneAgainstRest(input, label), method, QualityMethod.CROWDLAB);
            double[] probabilities =
                    Arrays.stream(plain.posterior).mapToDouble(row -> row[1]).toArray();
            assertEqual(analysis, label, probabilities, input);
        }
    }

    @Test
    void sharesAreThoseThatTheEngineFinds() {
        MultipleChoice.Input input = relations(150, 9, false);
        ChoiceAnalysis analysis = MultipleChoice.analyze(input, Options.defaults());
        for (int label = 0; label < 14; label++) {
            DataSet two = oneAgainstRest(input, label);
            double[] probabilities = new double[two.annotations().exampleCount()];
            Arrays.setAll(probabilities, example -> two.annotations().agreement(example, 1));
            assertEqual(analysis, label, probabilities, input);
            Agreement agreement = two.analyze(MAJORITY).agreement();
            ClassChoices found = analysis.classes().get(label);
            assertThat(found.percentAgreement()).isEqualTo(agreement.estimate(AgreementMeasure.PERCENT_AGREEMENT));
            assertThat(found.alpha()).isEqualTo(agreement.estimate(AgreementMeasure.KRIPPENDORFF_ALPHA));
        }
    }

    @Test
    void aModelMayPublishWhatNobodyChose() {
        MultipleChoice.Input answers = input(2, "a a", "a a", "a -", "- -");
        double[] model = {0.9, 0.9, 0.9, 0.1, 0.9, 0.1, 0.1, 0.1};
        MultipleChoice.Input input = new MultipleChoice.Input(
                answers.answers(), answers.sets(), new Predictions(4, 2, List.of(model)), new long[0]);
        ChoiceAnalysis analysis = MultipleChoice.analyze(input, Options.defaults());
        int row = analysis.examples().pairs().find(0, 1);
        assertThat(row).as("a model's favor is a reason to tell of the class").isNotNegative();
        assertThat(analysis.examples().probability(row)).isGreaterThan(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"MAJORITY_VOTE", "BEST_QUALITY", "COMMITTEE"})
    void threadsAndBlocksChangeNoBit(ConsensusMethod method) {
        MultipleChoice.Input input = relations(90, 10, true);
        Options options = Options.defaults().withConsensus(method);
        ChoiceAnalysis one = MultipleChoice.analyze(input, options.withThreads(1, 1_000));
        ChoiceAnalysis other = MultipleChoice.analyze(input, options.withThreads(3, 7));
        for (int row = 0; row < one.examples().pairs().size(); row++) {
            assertThat(other.examples().probability(row))
                    .isEqualTo(one.examples().probability(row));
        }
        assertThat(other.classes()).isEqualTo(one.classes());
        assertThat(other.answers().published().qualities())
                .isEqualTo(one.answers().published().qualities());
    }

    @Test
    void whatCannotBeAnalyzedIsRefused() {
        assertThatThrownBy(() -> MultipleChoice.analyze(input(2, "a", "b"), MAJORITY))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageStartingWith("No example has two annotations");
        assertThatThrownBy(() -> MultipleChoice.analyze(input(0, "- -"), MAJORITY))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageStartingWith("No answer chooses a class");
        assertThatThrownBy(() -> ChoiceSets.of(2, new int[] {1, 0})).hasMessageContaining("does not ascend");
    }
}
