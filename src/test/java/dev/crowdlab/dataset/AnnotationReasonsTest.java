package dev.crowdlab.dataset;

import static dev.crowdlab.dataset.InputRows.annotations;
import static dev.crowdlab.dataset.InputRows.rejected;
import static dev.crowdlab.dataset.InputRows.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.dataset.rejection.RejectedRow;
import org.junit.jupiter.api.Test;

class AnnotationReasonsTest {

    private static final String LONG_ID = "x".repeat(1_001);
    private static final String LONG_LABEL = "y".repeat(251);

    private final InputRows rows = new InputRows();

    private Dataset dataset() {
        return rows.dataset(rules("no", "yes"));
    }

    @Test
    void missingIdsAreNamed() {
        rows.annotation(null, "ann", "yes").annotation("", "ann", "yes");
        rows.annotation("e1", null, "yes").annotation("e2", "", "yes").annotation(null, "", null);
        assertThat(rejected(dataset()))
                .containsExactly(
                        "ANNOTATION  ann null yes MISSING_ID: example_id is empty",
                        "ANNOTATION e1 null null yes MISSING_ID: annotator_id is null",
                        "ANNOTATION e2  null yes MISSING_ID: annotator_id is empty",
                        "ANNOTATION null  null null MISSING_ID: example_id is null, annotator_id is empty",
                        "ANNOTATION null ann null yes MISSING_ID: example_id is null");
    }

    @Test
    void missingIdComesBeforeTooLong() {
        rows.annotation(null, LONG_ID, LONG_LABEL);
        assertThat(rejected(dataset())).singleElement().asString().endsWith("MISSING_ID: example_id is null");
    }

    @Test
    void tooLongIdsAndLabelsAreNamedWithTheirLength() {
        rows.annotation(LONG_ID, "a" + LONG_ID, LONG_LABEL);
        assertThat(rejected(dataset()))
                .singleElement()
                .asString()
                .endsWith("TOO_LONG: example_id has 1001 bytes, at most 1000 are allowed,"
                        + " annotator_id has 1002 bytes, at most 1000 are allowed,"
                        + " label has 251 bytes, at most 250 are allowed");
    }

    @Test
    void tooLongComesBeforeMissingLabel() {
        rows.annotation("e", LONG_ID, null);
        assertThat(rejected(dataset()))
                .singleElement()
                .asString()
                .endsWith("null TOO_LONG: annotator_id has 1001 bytes, at most 1000 are allowed");
    }

    @Test
    void theLongestIdsAndLabelsAreTaken() {
        String id = "é".repeat(500);
        String label = "é".repeat(125);
        rows.annotation(id, id, label);
        Dataset dataset = rows.dataset(rules(label, "no"));
        assertThat(rejected(dataset)).isEmpty();
        assertThat(annotations(dataset)).containsExactly(id + " " + id + " " + label);
    }

    @Test
    void tooLongIdsAreCutBetweenCharacters() {
        String oneByte = "a".repeat(1_000);
        rows.annotation(oneByte + "b", "a1", "yes");
        rows.annotation("b".repeat(999) + "é", "a2", "yes");
        rows.annotation("c".repeat(999) + "😀", "a3", "yes");
        rows.annotation("d".repeat(998) + "é€", "a4", "yes");
        rows.annotation("e".repeat(997) + "😀", "a5", "yes");
        assertThat(dataset().rejected().rows())
                .extracting(RejectedRow::exampleId)
                .containsExactly(oneByte, "b".repeat(999), "c".repeat(999), "d".repeat(998) + "é", "e".repeat(997));
    }

    @Test
    void tooLongLabelsAreKeptForWhoeverLooks() {
        rows.annotation("e", "a", LONG_LABEL);
        assertThat(dataset().rejected().rows().get(0).label()).isEqualTo(LONG_LABEL);
    }

    @Test
    void missingLabelsAreNamed() {
        rows.annotation("e1", "a", null).annotation("e2", "a", "");
        assertThat(rejected(dataset()))
                .containsExactly(
                        "ANNOTATION e1 a null null MISSING_LABEL: label is null",
                        "ANNOTATION e2 a null  MISSING_LABEL: label is empty");
    }

    @Test
    void labelsOutsideTheClassesAreUnknown() {
        rows.annotation("e1", "a", "maybe").annotation("e1", "b", "Yes").annotation("e1", "c", "yes");
        Dataset dataset = dataset();
        assertThat(rejected(dataset))
                .containsExactly(
                        "ANNOTATION e1 a null maybe UNKNOWN_LABEL: label 'maybe' is not one of the dataset's classes",
                        "ANNOTATION e1 b null Yes UNKNOWN_LABEL: label 'Yes' is not one of the dataset's classes, it"
                                + " differs from 'yes' in case or blanks alone; did you mean 'yes'?");
        assertThat(annotations(dataset)).containsExactly("e1 c yes");
        assertThat(dataset.annotators().texts()).containsExactly("c");
    }

    @Test
    void unknownLabelsTakeNoPartInAConflict() {
        rows.annotation("e", "a", "yes", 1).annotation("e", "a", "maybe", 2);
        Dataset dataset = dataset();
        assertThat(annotations(dataset)).containsExactly("e a yes");
        assertThat(rejected(dataset)).singleElement().asString().contains("maybe UNKNOWN_LABEL");
    }

    @Test
    void conflictComesBeforeMissingPrediction() {
        rows.annotation("e", "a", "yes").annotation("e", "a", "no").annotation("e", "b", "no");
        rows.predicted("other");
        assertThat(rejected(dataset()))
                .containsExactly(
                        "ANNOTATION e a null no CONFLICTING_ANNOTATION: the annotator gave this example different labels,"
                                + " and an annotated_at is null",
                        "ANNOTATION e a null yes CONFLICTING_ANNOTATION: the annotator gave this example different labels,"
                                + " and an annotated_at is null",
                        "ANNOTATION e b m no NO_PREDICTION: the example has no usable prediction");
    }

    @Test
    void idsMayHoldAnyCharacter() {
        String[] ids = {"tab\there", "new\nline", "'quoted'", "\"double\"", "back\\slash", "Grüße", "名前", "😀", "\u0001"
        };
        for (String id : ids) {
            rows.annotation(id, id, id);
        }
        Dataset dataset = rows.dataset(rules());
        assertThat(rejected(dataset)).isEmpty();
        assertThat(dataset.examples().texts()).containsExactlyInAnyOrder(ids);
        assertThat(dataset.annotators().texts())
                .containsExactlyElementsOf(dataset.examples().texts());
        assertThat(annotations(dataset)).contains("tab\there tab\there tab\there", "😀 😀 😀");
    }

    @Test
    void noRowsAreAnEmptyDataset() {
        Dataset dataset = rows.dataset(rules());
        assertThat(dataset.examples().size()).isZero();
        assertThat(dataset.annotators().size()).isZero();
        assertThat(dataset.classes().size()).isZero();
        assertThat(dataset.models().size()).isZero();
        assertThat(dataset.annotations().annotationCount()).isZero();
        assertThat(dataset.predictions().modelCount()).isZero();
        assertThat(dataset.rejected().count()).isZero();
        assertThat(dataset.counts()).isEqualTo(new InputCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, null));
    }
}
