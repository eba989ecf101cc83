package dev.crowdlab.dataset.rejection;

import static dev.crowdlab.dataset.InputRows.rejected;
import static dev.crowdlab.dataset.InputRows.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.crowdlab.dataset.AnnotationBlock;
import dev.crowdlab.dataset.AnnotationRows;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.InputRows;
import dev.crowdlab.dataset.PredictionBlock;
import dev.crowdlab.dataset.PredictionRows;
import dev.crowdlab.dataset.id.ArrayGrowth;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.dataset.rejection.RejectedRows.Count;
import dev.crowdlab.engine.pass.UnusableInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoundedRejectedRowsTest {

    private static final int ROWS = 200;

    /** Every row is rejected, for one of four reasons. */
    private static InputRows refusedRows() {
        InputRows rows = new InputRows();
        for (int row = 0; row < ROWS; row++) {
            String example = String.format(Locale.ROOT, "e%03d", row);
            rows.annotation(example, "a", "maybe").annotation(example, "b", null);
            rows.prediction(example, "m", "no", 2).prediction(example, "m", "yes", 0.5);
            rows.prediction(null, "m", "no", 0.5);
        }
        return rows;
    }

    @Test
    void theFirstByContentAreKeptAndAllAreCountedWhateverTheOrder() {
        List<String> first = List.copyOf(rejected(refusedRows().dataset(rules("no", "yes"))));
        List<String> expected = new ArrayList<>();
        for (String kept : List.of("UNKNOWN_LABEL", "MISSING_LABEL", "BAD_PROBABILITY", "MISSING_ID")) {
            first.stream().filter(row -> row.contains(kept)).limit(7).forEach(expected::add);
        }
        Random random = new Random(11);
        for (int round = 0; round < 20; round++) {
            Dataset dataset = refusedRows().keeping(7).shuffled(random).dataset(rules("no", "yes"), 1 + round);
            assertThat(rejected(dataset)).hasSize(28).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(rejected(dataset))
                    .isEqualTo(
                            first.stream().filter(expected::contains).limit(28).toList());
            assertThat(dataset.rejected().count()).isEqualTo(5 * ROWS);
            assertThat(dataset.rejected().counts())
                    .containsExactly(
                            new Count(InputKind.ANNOTATION, RejectionReason.MISSING_LABEL, ROWS),
                            new Count(InputKind.ANNOTATION, RejectionReason.UNKNOWN_LABEL, ROWS),
                            new Count(InputKind.PREDICTION, RejectionReason.MISSING_ID, ROWS),
                            new Count(InputKind.PREDICTION, RejectionReason.BAD_PROBABILITY, 2 * ROWS));
        }
    }

    @Test
    void theLabelThatPredictionsLackIsFoundAndWhatItWasMeantToBe() {
        InputRows rows = new InputRows();
        for (int example = 0; example < 20; example++) {
            rows.annotation("e" + example, "a", example % 2 == 0 ? "class-1" : "class-2");
            rows.prediction("e" + example, "m", "class-1", 0.5).prediction("e" + example, "m", "class-2", 0.5);
        }
        assertThat(rows.dataset(rules()).rejected().suspectLabel()).isEmpty();
        rows.annotation("e1", "b", "clas-2");
        Dataset dataset = rows.dataset(rules());
        assertThat(dataset.examples().size()).isZero();
        assertThat(dataset.rejected().suspectLabel())
                .contains(new SuspectLabel("clas-2", 1, 0, Optional.of("class-2"), 0));
        rows.annotation("e1", "c", "Class -1").annotation("e2", "c", "Class -1");
        assertThat(rows.dataset(rules()).rejected().suspectLabel())
                .as("the rarest, and one more")
                .contains(new SuspectLabel("clas-2", 1, 0, Optional.of("class-2"), 1));
        assertThat(rows.dataset(rules("class-1", "class-2")).rejected().suspectLabel())
                .isEmpty();
    }

    @Test
    void aLabelIsHeldAgainstTheClasses() {
        LabelHints hints = new LabelHints(IdList.of(List.of("negative", "neutral", "Very Positive", "no")));
        assertThat(hints.sentence("negativ"))
                .isEqualTo("label 'negativ' is not one of the dataset's classes; did you mean 'negative'?");
        assertThat(hints.sentence(" NEUTRAL\u00a0"))
                .isEqualTo(
                        "label ' NEUTRAL\u00a0' is not one of the dataset's classes, it differs from 'neutral' in case"
                                + " or blanks alone; did you mean 'neutral'?");
        assertThat(hints.sentence("very  positive")).endsWith("did you mean 'Very Positive'?");
        assertThat(hints.sentence("on")).isEqualTo("label 'on' is not one of the dataset's classes");
        assertThat(hints.sentence("unsure")).isEqualTo("label 'unsure' is not one of the dataset's classes");
        assertThat(hints.meant("negative")).as("itself").isEmpty();
        assertThat(hints.meant("neutrall")).contains("neutral");
        assertThat(hints.meant("enutral")).contains("neutral");
    }

    @Test
    void amongManyClassesOnlyCaseAndBlanksAreLookedAt() {
        List<String> classes = new ArrayList<>();
        for (int label = 0; label < 101; label++) {
            classes.add("category " + label);
        }
        LabelHints hints = new LabelHints(IdList.of(classes));
        assertThat(hints.meant("kategory 1")).isEmpty();
        assertThat(hints.meant("Category 1")).contains("category 1");
    }

    @Test
    void labelsWithoutEndAreNotAllRemembered() {
        LabelHints hints = new LabelHints(IdList.of(List.of("label one")));
        for (int label = 0; label < 10_100; label++) {
            assertThat(hints.sentence("another label " + label)).startsWith("label 'another label " + label + "'");
        }
        assertThat(hints.sentence("label onee")).endsWith("did you mean 'label one'?");
    }

    @Test
    void moreRowsThanCanBeNumberedAreRefusedInOneSentence() {
        AnnotationBlock block = new AnnotationBlock(3);
        PredictionBlock predictions = new PredictionBlock(false, 3);
        byte[] text = InputRows.utf8("x");
        for (int row = 0; row < 3; row++) {
            block.exampleIds().add(text, 0, 1);
            block.annotatorIds().add(text, 0, 1);
            block.labels().add(text, 0, 1);
            block.annotatedAt().add(AnnotationBlock.NO_TIME);
            predictions.exampleIds().add(text, 0, 1);
            predictions.models().add(text, 0, 1);
            predictions.labels().add(text, 0, 1);
            predictions.probabilities().add(1);
        }
        AnnotationRows annotationRows = new AnnotationRows(1, 5);
        annotationRows.add(block);
        assertThatExceptionOfType(UnusableInputException.class)
                .isThrownBy(() -> annotationRows.add(block))
                .withMessage("There are more than 5 annotation rows, the most that one dataset can have; split the"
                        + " dataset");
        PredictionRows predictionRows = new PredictionRows(1, 3);
        predictionRows.add(predictions);
        assertThatExceptionOfType(UnusableInputException.class)
                .isThrownBy(() -> predictionRows.add(predictions))
                .withMessageStartingWith("There are more than 3 prediction rows");
        assertThatExceptionOfType(UnusableInputException.class)
                .isThrownBy(() -> ArrayGrowth.checkRows("annotation", 2_147_483_640L, ArrayGrowth.MAX_LENGTH))
                .withMessageStartingWith("There are more than 2,147,483,639 annotation rows");
    }
}
