package dev.crowdlab.dataset;

import static dev.crowdlab.dataset.InputRows.gold;
import static dev.crowdlab.dataset.InputRows.rejected;
import static dev.crowdlab.dataset.InputRows.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.dataset.id.RowDigest;
import dev.crowdlab.engine.pass.Column;
import org.junit.jupiter.api.Test;

class GoldReasonsTest {

    private final InputRows rows = new InputRows()
            .annotation("e1", "ann", "yes")
            .annotation("e2", "ann", "no")
            .annotation("e3", "bob", "yes");

    private Dataset dataset() {
        return rows.dataset(rules("no", "yes"));
    }

    private Dataset predicted() {
        return rows.predicted("e1").predicted("e2").dataset(rules("no", "yes"));
    }

    @Test
    void labelsOfAnalyzedExamplesAreTaken() {
        rows.gold("e2", "yes").gold("e1", "yes");
        Dataset dataset = predicted();
        assertThat(gold(dataset)).containsExactly("e1 yes", "e2 yes");
        assertThat(dataset.gold().count()).isEqualTo(2);
        assertThat(dataset.slice(false, null).get(Column.GOLD)).containsExactly(1, 1);
    }

    @Test
    void identicalRowsCountOnce() {
        rows.gold("e1", "no").gold("e1", "no").gold("e1", "no");
        assertThat(gold(predicted())).containsExactly("e1 no");
        assertThat(DatasetTotals.of(dataset()).goldCount()).isEqualTo(1);
    }

    @Test
    void differentLabelsOfAnExampleAreAllRefused() {
        rows.gold("e1", "no").gold("e1", "yes").gold("e1", "no").gold("e2", "no");
        Dataset dataset = predicted();
        assertThat(gold(dataset)).containsExactly("e2 no");
        assertThat(rejected(dataset))
                .filteredOn(row -> row.startsWith("GOLD"))
                .containsExactly(
                        "GOLD e1 null null no CONFLICTING_GOLD: the example has more than one gold label",
                        "GOLD e1 null null no CONFLICTING_GOLD: the example has more than one gold label",
                        "GOLD e1 null null yes CONFLICTING_GOLD: the example has more than one gold label");
    }

    @Test
    void anUnknownLabelConflictsWithNothing() {
        rows.gold("e1", "Yes").gold("e1", "no");
        Dataset dataset = predicted();
        assertThat(gold(dataset)).containsExactly("e1 no");
        assertThat(rejected(dataset))
                .contains(
                        "GOLD e1 null null Yes UNKNOWN_LABEL: label 'Yes' is not one of the dataset's classes, it differs from"
                                + " 'yes' in case or blanks alone; did you mean 'yes'?");
    }

    /** Whose annotations were refused for want of a prediction is not analyzed either. */
    @Test
    void examplesThatAreNotAnalyzedAreRefused() {
        rows.gold("e3", "yes").gold("e9", "yes").predicted("e8").gold("e8", "no");
        Dataset dataset = predicted();
        assertThat(gold(dataset)).isEmpty();
        assertThat(dataset.gold().isConfigured()).isTrue();
        assertThat(rejected(dataset))
                .filteredOn(row -> row.startsWith("GOLD"))
                .containsExactly(
                        "GOLD e3 null null yes NOT_ANNOTATED: the example has no annotation that could be analyzed",
                        "GOLD e8 null null no NOT_ANNOTATED: the example has no annotation that could be analyzed",
                        "GOLD e9 null null yes NOT_ANNOTATED: the example has no annotation that could be analyzed");
    }

    @Test
    void rowsWithoutIdOrLabelAreRefused() {
        rows.gold(null, "yes").gold("", null).gold("e1", null).gold("e2", "").gold("x".repeat(1_001), "yes");
        rows.gold("e1", "y".repeat(251));
        assertThat(rejected(predicted()))
                .filteredOn(row -> row.startsWith("GOLD"))
                .extracting(row -> row.replaceAll("x{9,}|y{9,}", "…"))
                .containsExactly(
                        "GOLD  null null null MISSING_ID: example_id is empty",
                        "GOLD e1 null null … TOO_LONG: label has 251 bytes, at most 250 are allowed",
                        "GOLD e1 null null null MISSING_LABEL: label is null",
                        "GOLD e2 null null  MISSING_LABEL: label is empty",
                        "GOLD … null null yes TOO_LONG: example_id has 1001 bytes, at most 1000 are allowed",
                        "GOLD null null null yes MISSING_ID: example_id is null");
    }

    @Test
    void labelsOfGoldDoNotBecomeClasses() {
        rows.gold("e1", "maybe");
        Dataset dataset = rows.predicted("e1").dataset(rules());
        assertThat(dataset.classes().texts()).containsExactly("no", "yes");
        assertThat(rejected(dataset)).anyMatch(row -> row.startsWith("GOLD e1 null null maybe UNKNOWN_LABEL"));
    }

    @Test
    void withoutGoldNothingChanges() {
        Dataset dataset = predicted();
        assertThat(dataset.gold().isConfigured()).isFalse();
        assertThat(dataset.gold().count()).isZero();
        RowDigest digest = rows.annotationRows(2).digest();
        assertThat(RowDigest.of(digest, digest, GoldRows.none().digest())).isEqualTo(RowDigest.of(digest, digest));
        rows.gold("e1", "yes");
        assertThat(RowDigest.of(digest, digest, rows.goldRows(2).digest())).isNotEqualTo(RowDigest.of(digest, digest));
    }

    @Test
    void partsOfABlockHaveItsRows() {
        GoldBlock block = new GoldBlock(8);
        for (int example = 0; example < 50; example++) {
            byte[] id = InputRows.utf8("e" + example);
            block.exampleIds().add(id, 0, id.length);
            block.labels().add(id, 0, id.length);
            block.digest().add(id, 0, id.length);
        }
        GoldRows whole = new GoldRows(1);
        GoldRows together = new GoldRows(1);
        whole.add(block);
        for (GoldBlock part : block.split(3)) {
            assertThat(part.rowCount()).isBetween(1, 49);
            together.add(part);
        }
        assertThat(together.examples.order()).hasSize(50);
        assertThat(RowDigest.of(whole.digest(), whole.digest()))
                .isEqualTo(RowDigest.of(together.digest(), together.digest()));
    }
}
