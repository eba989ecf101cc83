package dev.crowdlab.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A class that gets another spelling is not lost in silence, whatever its share. */
class LostClassIT {

    private static Warehouse warehouse;

    @BeforeAll
    static void migrate() throws SQLException {
        warehouse = Warehouse.with();
    }

    @AfterAll
    static void drop() throws SQLException {
        warehouse.close();
    }

    @Test
    void aRenamedClassIsNamedWithItsNewSpelling() throws SQLException {
        fillWithFewReds("renamed");
        Program program = tolerant(warehouse.program(), "renamed").with("crowdlab.datasets.renamed.classes", ALL);
        assertThat(program.call(0, "run", "--dataset", "renamed")).doesNotContain("not among the classes");
        rename("renamed", "red", "Red");
        String lost = "Class 'red' had 18 labels in run " + warehouse.published("renamed") + " and has none now; label"
                + " 'Red', which is not among the classes, was rejected 18 times: if it is a new spelling, correct it or"
                + " configure the classes.";
        assertThat(program.call(0, "run", "--dataset", "renamed", "--dry-run")).contains(lost);
        Program strict = program.with("crowdlab.datasets.renamed.checks.max-rejected-share", "0.05");
        assertThat(strict.call(3, "run", "--dataset", "renamed")).contains("refused", lost);
        Program again = tolerant(program, "renamed");
        assertThat(again.call(0, "run", "--dataset", "renamed")).contains("renamed: warning. ", lost);
        assertThat(again.call(0, "run", "--dataset", "renamed", "--force")).doesNotContain("not among the classes");
    }

    @Test
    void anUnknownLabelIsToldOfOnceEvenIfItIsRare() throws SQLException {
        warehouse.fill("rare");
        Program program = tolerant(warehouse.program(), "rare").with("crowdlab.datasets.rare.classes", ALL);
        program.call(0, "run", "--dataset", "rare");
        String run = warehouse.published("rare");
        warehouse.execute("update crowdlab.annotation set label = 'reddish' where dataset = 'rare' and label = 'red'"
                + " and example_id = 'e2' and annotator_id = 'a3'");
        assertThat(program.call(0, "run", "--dataset", "rare"))
                .contains("1 label was rejected that run " + run
                        + " did not have: label 'reddish', which is not among the"
                        + " classes, was rejected once: if it is a new spelling, correct it or configure the classes.");
        assertThat(program.call(0, "run", "--dataset", "rare", "--force")).doesNotContain("new spelling");
        warehouse.execute("delete from crowdlab.rejected_row where run_id = " + warehouse.published("rare"));
        assertThat(program.call(0, "run", "--dataset", "rare", "--force")).doesNotContain("new spelling");
    }

    @Test
    void withoutConfiguredClassesTheNewSpellingIsANewClass() throws SQLException {
        fillWithFewReds("inferred");
        Program program = tolerant(warehouse.program(), "inferred");
        program.call(0, "run", "--dataset", "inferred");
        rename("inferred", "red", "Red");
        warehouse.execute("update crowdlab.prediction set label = 'Red' where dataset = 'inferred' and label = 'red'");
        assertThat(program.call(0, "run", "--dataset", "inferred"))
                .contains("and has none now; class 'Red' (18 times) is new: if it is a new spelling, correct it or"
                        + " configure the classes.");
    }

    @Test
    void aClassThatWasRemovedOnPurposeIsOnlyRecorded() throws SQLException {
        fillWithFewReds("removed");
        Program program = tolerant(warehouse.program(), "removed");
        program.with("crowdlab.datasets.removed.classes", ALL).call(0, "run", "--dataset", "removed");
        warehouse.execute(
                "delete from crowdlab.prediction where dataset = 'removed' and label = 'red'",
                "update crowdlab.prediction p set probability = probability / (select sum(probability)"
                        + " from crowdlab.prediction q where q.dataset = p.dataset and q.example_id = p.example_id)"
                        + " where dataset = 'removed'");
        Program two = program.with("crowdlab.datasets.removed.classes", "blue, green")
                .with("crowdlab.datasets.removed.on-missing-prediction", "uniform");
        assertThat(two.call(0, "run", "--dataset", "removed", "--dry-run"))
                .contains(
                        "and has none now, since it was removed from the settings; label 'red', which is not among the"
                                + " classes, was rejected 18 times: add it to the classes again, or leave its labels out of the"
                                + " annotations-query.");
        warehouse.execute("delete from crowdlab.annotation where dataset = 'removed' and label = 'red'");
        two.call(0, "run", "--dataset", "removed");
        assertThat(warehouse.column("select severity || ' ' || message from crowdlab_bi.run_checks"
                        + " where dataset = 'removed' and code = 'LOST_CLASS'"))
                .singleElement()
                .asString()
                .matches("INFO Class 'red' had 18 labels in run \\d+ and has none now, since it was removed from the"
                        + " settings\\.");
    }

    @Test
    void wherePublishedRowsAreGoneNothingIsSaidOfClasses() throws SQLException {
        fillWithFewReds("gone");
        Program program = tolerant(warehouse.program(), "gone");
        program.call(0, "run", "--dataset", "gone");
        warehouse.execute("delete from crowdlab.annotator_confusion where run_id = " + warehouse.published("gone"));
        rename("gone", "red", "green");
        program.call(0, "run", "--dataset", "gone");
        assertThat(warehouse.column(
                        "select message from crowdlab_bi.run_checks where dataset = 'gone' and code = 'LOST_CLASS'"))
                .isEmpty();
    }

    private static final String ALL = "blue, green, red";

    /** 18 of 120 votes, which is 15 %, are red. */
    private static void fillWithFewReds(String dataset) throws SQLException {
        warehouse.fill(dataset);
        warehouse.execute("update crowdlab.annotation set label = 'green' where dataset = '" + dataset
                + "' and label = 'red' and (example_id, annotator_id) not in (select example_id, annotator_id"
                + " from crowdlab.annotation where dataset = '" + dataset
                + "' and label = 'red' order by 1, 2 limit 18)");
    }

    private static void rename(String dataset, String from, String to) throws SQLException {
        warehouse.execute("update crowdlab.annotation set label = '" + to + "' where dataset = '" + dataset
                + "' and label = '" + from + "'");
    }

    private static Program tolerant(Program program, String dataset) {
        return program.with("crowdlab.datasets." + dataset + ".checks.max-rejected-share", "1");
    }
}
