package dev.crowdlab.dataset.rejection;

import static dev.crowdlab.dataset.InputRows.annotations;
import static dev.crowdlab.dataset.InputRows.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.InputCounts;
import dev.crowdlab.dataset.InputRows;
import dev.crowdlab.engine.pass.UnusableInputException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepeatedAnnotationsTest {

    private static final String SUPERSEDED =
            " SUPERSEDED_ANNOTATION: another annotated_at of this annotator and example decides";
    private static final String SAME_TIME =
            " CONFLICTING_ANNOTATION: the annotator gave this example different labels at the deciding annotated_at";
    private static final String NO_TIME =
            " CONFLICTING_ANNOTATION: the annotator gave this example different labels, and an annotated_at is null";

    /** What PostgreSQL sends for -infinity and infinity. */
    private static final long BEFORE_EVERYTHING = Long.MIN_VALUE;

    private static final long AFTER_EVERYTHING = Long.MAX_VALUE;

    private final InputRows rows = new InputRows();

    private Dataset dataset(DuplicateAnnotation policy) {
        return rows.dataset(new InputRules(List.of("no", "yes"), MissingPrediction.REJECT, policy));
    }

    @Test
    void equalLabelsCollapseWhateverTheirTimes() {
        rows.annotation("e", "a", "yes", 5).annotation("e", "a", "yes").annotation("e", "a", "yes", 5);
        for (DuplicateAnnotation policy : DuplicateAnnotation.values()) {
            Dataset dataset = dataset(policy);
            assertThat(annotations(dataset)).containsExactly("e a yes");
            assertThat(dataset.counts().collapsed()).isEqualTo(2);
            assertThat(rejected(dataset)).isEmpty();
        }
    }

    @Test
    void theLatestLabelCounts() {
        rows.annotation("e", "a", "yes", 1).annotation("e", "a", "no", 3).annotation("e", "a", "yes", 2);
        Dataset dataset = dataset(DuplicateAnnotation.LATEST);
        assertThat(annotations(dataset)).containsExactly("e a no");
        assertThat(rejected(dataset))
                .containsExactly("ANNOTATION e a null yes" + SUPERSEDED, "ANNOTATION e a null yes" + SUPERSEDED);
        assertThat(dataset.counts().collapsed()).isZero();
    }

    @Test
    void theFirstLabelCountsIfAskedFor() {
        rows.annotation("e", "a", "no", 3).annotation("e", "a", "yes", -1).annotation("e", "a", "no", 2);
        Dataset dataset = dataset(DuplicateAnnotation.FIRST);
        assertThat(annotations(dataset)).containsExactly("e a yes");
        assertThat(rejected(dataset))
                .containsExactly("ANNOTATION e a null no" + SUPERSEDED, "ANNOTATION e a null no" + SUPERSEDED);
    }

    @Test
    void equalLabelsAtTheDecidingTimeCollapseAndAllOthersAreSuperseded() {
        rows.annotation("e", "a", "yes", 7).annotation("e", "a", "no", 3).annotation("e", "a", "yes", 7);
        rows.annotation("e", "a", "yes", 3);
        Dataset dataset = dataset(DuplicateAnnotation.LATEST);
        assertThat(annotations(dataset)).containsExactly("e a yes");
        assertThat(dataset.counts().collapsed()).isEqualTo(1);
        assertThat(rejected(dataset))
                .containsExactly("ANNOTATION e a null no" + SUPERSEDED, "ANNOTATION e a null yes" + SUPERSEDED);
    }

    @Test
    void differentLabelsAtTheDecidingTimeConflict() {
        rows.annotation("e", "a", "yes", 7).annotation("e", "a", "no", 7).annotation("e", "a", "no", 3);
        Dataset dataset = dataset(DuplicateAnnotation.LATEST);
        assertThat(annotations(dataset)).isEmpty();
        assertThat(rejected(dataset))
                .containsExactly(
                        "ANNOTATION e a null no" + SAME_TIME,
                        "ANNOTATION e a null no" + SAME_TIME,
                        "ANNOTATION e a null yes" + SAME_TIME);
        assertThat(annotations(dataset(DuplicateAnnotation.FIRST))).containsExactly("e a no");
    }

    @Test
    void oneMissingTimeMakesDifferentLabelsConflict() {
        rows.annotation("e", "a", "yes", 7).annotation("e", "a", "no").annotation("e", "b", "no", 1);
        Dataset dataset = dataset(DuplicateAnnotation.LATEST);
        assertThat(annotations(dataset)).containsExactly("e b no");
        assertThat(rejected(dataset))
                .containsExactly("ANNOTATION e a null no" + NO_TIME, "ANNOTATION e a null yes" + NO_TIME);
    }

    @Test
    void timesAreFoundThoughTheFirstRowsHaveNone() {
        rows.annotation("e1", "a", "yes").annotation("e2", "a", "yes").annotation("e3", "a", "yes", 2);
        rows.annotation("e3", "a", "no", 1).annotation("e4", "a", "no");
        Dataset dataset = dataset(DuplicateAnnotation.LATEST);
        assertThat(annotations(dataset)).containsExactly("e1 a yes", "e2 a yes", "e3 a yes", "e4 a no");
        assertThat(rejected(dataset)).containsExactly("ANNOTATION e3 a null no" + SUPERSEDED);
    }

    @Test
    void infiniteTimesAreTimes() {
        rows.annotation("e", "a", "yes", BEFORE_EVERYTHING).annotation("e", "a", "no", 0);
        rows.annotation("f", "a", "yes", AFTER_EVERYTHING).annotation("f", "a", "no", 0);
        assertThat(annotations(dataset(DuplicateAnnotation.LATEST))).containsExactly("e a no", "f a yes");
        assertThat(annotations(dataset(DuplicateAnnotation.FIRST))).containsExactly("e a yes", "f a no");
    }

    @Test
    void differentLabelsFailTheDatasetIfAskedFor() {
        rows.annotation("e9", "z", "yes", 1).annotation("e9", "z", "no", 2);
        rows.annotation("e1", "b", "yes", 1).annotation("e1", "b", "no", 2);
        assertThatExceptionOfType(UnusableInputException.class)
                .isThrownBy(() -> dataset(DuplicateAnnotation.FAIL))
                .withMessage("Annotator 'b' gave example 'e1' different labels, and on-duplicate-annotation is fail;"
                        + " correct the annotations or choose latest or first");
    }

    @Test
    void annotatorsOfOneExampleAreNoRepeats() {
        rows.annotation("e", "b", "yes").annotation("f", "a", "no").annotation("e", "a", "no");
        Dataset dataset = dataset(DuplicateAnnotation.FAIL);
        assertThat(annotations(dataset)).containsExactly("e a no", "e b yes", "f a no");
        assertThat(dataset.counts().collapsed()).isZero();
    }

    @Test
    void everyRowReadIsAnalyzedCollapsedOrRefused() {
        rows.annotation("e1", "a", "yes", 1).annotation("e1", "a", "yes", 2).annotation("e1", "a", "no", 3);
        rows.annotation("e1", "b", "no").annotation("e1", "b", "no").annotation(null, "b", "no");
        rows.annotation("e2", "b", "yes").annotation("e2", "b", "yes").annotation("e2", "c", "maybe");
        rows.predicted("e1");
        Dataset dataset = dataset(DuplicateAnnotation.LATEST);
        // e1: a/no and b/no analyzed, b/no collapsed, two of a superseded; e2: one collapsed, one without prediction
        assertThat(dataset.counts())
                .isEqualTo(new InputCounts(9, 2, 0, 2, 0, 0, 0, 0, 1, Instant.parse("2000-01-01T00:00:00.000003Z")));
        assertThat(dataset.annotations().annotationCount()).isEqualTo(2);
        assertThat(dataset.rejected().count()).isEqualTo(5);
        assertThat(dataset.rejected().countsByReason())
                .containsExactly(
                        entry(RejectionReason.MISSING_ID, 1L),
                        entry(RejectionReason.UNKNOWN_LABEL, 1L),
                        entry(RejectionReason.SUPERSEDED_ANNOTATION, 2L),
                        entry(RejectionReason.NO_PREDICTION, 1L));
    }

    @Test
    void theNewestAnnotationIsTheLastThatHasAMoment() {
        assertThat(newest()).isEmpty();
        rows.annotation("e1", "a", "no", Long.MIN_VALUE).annotation("e1", "b", "no", Long.MAX_VALUE);
        assertThat(newest()).isEmpty();
        rows.annotation("e2", "a", "no", -1_000_000).annotation("e2", "b", "no");
        assertThat(newest()).contains(Instant.parse("1999-12-31T23:59:59Z"));
        rows.annotation("e3", "a", "no", 5_000_000).annotation("e4", "a", null, 9_000_000);
        assertThat(newest()).contains(Instant.parse("2000-01-01T00:00:05Z"));
    }

    private Optional<Instant> newest() {
        return dataset(DuplicateAnnotation.LATEST).counts().newestAnnotation();
    }
}
