package dev.crowdlab.dataset;

import static dev.crowdlab.dataset.InputRows.annotations;
import static dev.crowdlab.dataset.InputRows.probabilities;
import static dev.crowdlab.dataset.InputRows.rejected;
import static dev.crowdlab.dataset.InputRows.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.pass.UnusableInputException;
import org.junit.jupiter.api.Test;

class ClassesTest {

    /** The last character of the basic plane: its UTF-16 code unit is greater than the surrogates of any later one. */
    private static final String LATE_IN_THE_BASIC_PLANE = "\uFFFD";

    private static final String SUPPLEMENTARY = "\uD83D\uDE00";

    private final InputRows rows = new InputRows();

    @Test
    void configuredClassesKeepTheirOrder() {
        rows.annotation("e", "a", "low").prediction("e", "m", "low", 0.25);
        rows.prediction("e", "m", "high", 0.5).prediction("e", "m", "middle", 0.25);
        Dataset dataset = rows.dataset(rules("low", "middle", "high"));
        assertThat(dataset.classes().texts()).containsExactly("low", "middle", "high");
        assertThat(probabilities(dataset, 0, 0)).containsExactly(0.25, 0.25, 0.5);
        assertThat(dataset.annotations().label(0)).isZero();
    }

    @Test
    void configuredClassesThatNobodyUsedRemain() {
        rows.annotation("e", "a", "b");
        Dataset dataset = rows.dataset(rules("c", "b", "a"));
        assertThat(dataset.annotations().classCount()).isEqualTo(3);
        assertThat(dataset.annotations().label(0)).isEqualTo(1);
    }

    @Test
    void withoutConfigurationTheLabelsOfBothInputsAreTheClasses() {
        rows.annotation("e", "a", "b").annotation("e", "b", "a");
        rows.prediction("e", "m", "c", 0.5).prediction("e", "m", "b", 0.25).prediction("e", "m", "a", 0.25);
        Dataset dataset = rows.dataset(rules());
        assertThat(dataset.classes().texts()).containsExactly("a", "b", "c");
        assertThat(annotations(dataset)).containsExactly("e a b", "e b a");
        assertThat(probabilities(dataset, 0, 0)).containsExactly(0.25, 0.25, 0.5);
    }

    @Test
    void derivedClassesStandInCodePointOrder() {
        assertThat(SUPPLEMENTARY.compareTo(LATE_IN_THE_BASIC_PLANE))
                .as("as UTF-16")
                .isNegative();
        for (String label : new String[] {SUPPLEMENTARY, "é", "a", LATE_IN_THE_BASIC_PLANE, "Z", "aa"}) {
            rows.annotation("e" + label, "a", label);
        }
        Dataset dataset = rows.dataset(rules());
        assertThat(dataset.classes().texts())
                .containsExactly("Z", "a", "aa", "é", LATE_IN_THE_BASIC_PLANE, SUPPLEMENTARY);
        assertThat(dataset.examples().texts())
                .containsExactly("eZ", "ea", "eaa", "eé", "e" + LATE_IN_THE_BASIC_PLANE, "e" + SUPPLEMENTARY);
    }

    @Test
    void refusedLabelsMakeNoClass() {
        rows.annotation("e", "a", "yes").annotation("e", "b", null).annotation(null, "b", "void");
        rows.prediction("e", "m", "yes", 0.5).prediction("e", "m", "no", 0.5);
        rows.prediction("f", "m", "x".repeat(251), 1).prediction("f", "m", null, 1);
        Dataset dataset = rows.dataset(rules());
        assertThat(dataset.classes().texts()).containsExactly("no", "yes");
        assertThat(rejected(dataset)).hasSize(4);
    }

    @Test
    void moreDistinctLabelsThanAShortHoldsAreNoClasses() {
        for (int label = 0; label < Crowdlab.MAX_CLASSES; label++) {
            rows.annotation("e", "a" + label, "c" + label);
        }
        assertThat(rows.dataset(rules(), 10_000).classes().size()).isEqualTo(32_767);
        rows.annotation("e", "another", "c32767");
        assertThatThrownBy(() -> rows.dataset(rules(), 10_000))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("32768 distinct labels, at most 32767 classes");
    }
}
