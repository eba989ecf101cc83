package dev.crowdlab.engine.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.LocalPassRunner;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSequencesTest {

    @ParameterizedTest
    @CsvSource({"2, 3", "2, 10", "3, 1", "10, 3", "4000, 1"})
    void everyExampleIsCountedWithItsLabels(int classCount, int mostAnnotations) {
        Annotations annotations = random(classCount, mostAnnotations);
        LabelSequences sequences = counted(annotations, 0, 4_000);
        sequences.add(counted(annotations, 4_000, annotations.exampleCount()));
        assertThat(sequences.isComplete()).isTrue();
        Map<List<Integer>, Long> counted = new HashMap<>();
        sequences.forEach((labels, length, count) -> counted.put(firstOf(labels, length), count));
        assertThat(counted).isEqualTo(expected(annotations));
    }

    @ParameterizedTest
    @CsvSource({"10, 5", "2, 80", "30000, 5"})
    void tooManyOrTooLongSequencesAreNotCounted(int classCount, int mostAnnotations) {
        Annotations annotations = random(classCount, mostAnnotations);
        assertThat(counted(annotations, 0, annotations.exampleCount()).isComplete())
                .isFalse();
    }

    @Test
    void twoPartsMayHaveTooManyTogether() {
        Annotations annotations = random(30_000, 1);
        LabelSequences one = counted(annotations, 0, 3_000);
        LabelSequences other = counted(annotations, 3_000, 6_000);
        assertThat(one.isComplete() && other.isComplete()).isTrue();
        one.add(other);
        assertThat(one.isComplete()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2, 3", "3, 6", "10, 3"})
    void examplesAreLeftOutTogetherAsOneByOne(int classCount, int mostAnnotations) {
        Annotations annotations = random(classCount, mostAnnotations);
        Slice slice = new Slice(annotations, Predictions.none(annotations.exampleCount(), classCount));
        try (LocalPassRunner passes = new LocalPassRunner(slice, 1, 1_000)) {
            AgreementPass.Counts counts = passes.run("agreement", new AgreementPass());
            AgreementJackknifePass pass = new AgreementJackknifePass(new ExampleAgreement(counts));
            JackknifeSums together = pass.sum(counts.sequences, classCount);
            JackknifeSums oneByOne = passes.run("agreementIntervals", pass);
            for (int measure = 0; measure < AgreementJackknifePass.MEASURES.size(); measure++) {
                assertThat(together.isDefined(measure)).isEqualTo(oneByOne.isDefined(measure));
                assertThat(Double.compare(together.standardError(measure), oneByOne.standardError(measure)))
                        .isZero();
            }
            assertThat(together.standardError(0)).isPositive();
        }
    }

    private static LabelSequences counted(Annotations annotations, int from, int to) {
        LabelSequences sequences = new LabelSequences(annotations.classCount());
        for (int example = from; example < to; example++) {
            sequences.add(annotations, example);
        }
        return sequences;
    }

    private static Annotations random(int classCount, int mostAnnotations) {
        Random random = new Random(7);
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < 10_000; example++) {
            int size = 1 + random.nextInt(mostAnnotations);
            for (int annotator = 0; annotator < size; annotator++) {
                rows.add(new int[] {example, annotator, random.nextInt(classCount)});
            }
        }
        return Annotations.of(classCount, mostAnnotations, rows.toArray(new int[0][]));
    }

    private static Map<List<Integer>, Long> expected(Annotations annotations) {
        Map<List<Integer>, Long> expected = new HashMap<>();
        for (int example = 0; example < annotations.exampleCount(); example++) {
            List<Integer> labels = new ArrayList<>();
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                labels.add(annotations.label(position));
            }
            expected.merge(labels, 1L, Long::sum);
        }
        return expected;
    }

    private static List<Integer> firstOf(int[] labels, int length) {
        List<Integer> first = new ArrayList<>();
        for (int index = 0; index < length; index++) {
            first.add(labels[index]);
        }
        return first;
    }
}
