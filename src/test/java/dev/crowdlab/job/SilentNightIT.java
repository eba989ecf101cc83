package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.SlowAfter;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nights on which something upstream went wrong, although every statement succeeds. */
class SilentNightIT {

    private Warehouse warehouse;

    @AfterEach
    void drop() throws SQLException {
        if (warehouse != null) {
            assertThat(warehouse.chainFaults()).isEmpty();
            warehouse.close();
        }
    }

    @Test
    @Tag("slow")
    void annotationsThatNoLongerArriveAreNoticedOnANightWithoutChange() throws SQLException {
        warehouse = Warehouse.with("pets");
        warehouse.execute("update crowdlab.annotation set annotated_at = now() - interval '26 h'");
        assertThat(run(3).exitCode()).isZero();
        Program.Result stale = checked("max-age", "25h").call("run");
        assertThat(stale.exitCode()).as(stale.out()).isEqualTo(3);
        assertThat(stale.out())
                .containsPattern("pets +2 +refused ")
                .contains(
                        "pets: refused. The newest annotation is 26.0 h older than the run's moment, checks.max-age is"
                                + " 25 h; check whether annotations still arrive.");
        assertThat(warehouse.published("pets")).isEqualTo("1");
        Program.Result dry = checked("max-age", "25h").call("run", "--dry-run");
        assertThat(dry.exitCode()).isEqualTo(3);
        assertThat(dry.out()).contains("pets: a run would find nothing new, and be refused.");
        Program.Result warned = checked("max-age.warn", "25h").call("run");
        assertThat(warned.exitCode()).isZero();
        assertThat(warned.out()).containsPattern("pets +3 +nothing new ").contains("pets: warning. The newest");
        assertThat(checked("max-age", "27h").call("run").exitCode()).isZero();
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "REFUSED", "SKIPPED", "SKIPPED");
        assertThat(warehouse.column("select run_id || ' ' || severity from crowdlab.run_check"
                        + " where code = 'ANNOTATION_AGE' order by 1"))
                .containsExactly("2 FAIL", "3 WARN", "4 INFO");
        assertThat(warehouse.program().call("runs").out())
                .containsPattern("2 +pets .* REFUSED .* ANNOTATION_AGE\\R")
                .containsPattern("1 +pets .* PUBLISHED \\(current\\) ");
    }

    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(
            strings = {
                "drop table crowdlab.label_quality_r1",
                "truncate crowdlab.label_quality_r1",
                "alter table crowdlab.label_quality detach partition crowdlab.label_quality_r1",
                "drop table crowdlab.active_learning_score_r1"
            })
    void aPublishedRunThatLostATableIsMadeAnew(String accident) throws SQLException {
        warehouse = Warehouse.with("pets");
        assertThat(run(3).exitCode()).isZero();
        warehouse.execute(accident);
        Program.Result mended = run(3);
        assertThat(mended.exitCode()).as(mended.out()).isZero();
        assertThat(mended.out())
                .containsPattern("pets +2 +published ")
                .containsPattern(
                        "pets: warning. Run 1, published before, has lost its rows in (label_quality|active_learning_score): ");
        assertThat(warehouse.value("select count(*) from crowdlab_bi.label_quality"))
                .isEqualTo("40");
        assertThat(warehouse.value("select count(*) from crowdlab_bi.label_next"))
                .isEqualTo("40");
        assertThat(warehouse.value("select count(*) from crowdlab_bi.label_changes"))
                .isEqualTo("0");
        assertThat(run(3).out()).containsPattern("pets +3 +nothing new ");
        // what was lost stays a difference of run 1, which verify rightly tells
        assertThat(warehouse.chainFaults()).allMatch(fault -> fault.contains("run 1:"));
        warehouse.close();
        warehouse = null;
    }

    @Test
    void whereMostExamplesAreGoneTheFormerResultStays() throws SQLException {
        warehouse = Warehouse.with("pets");
        assertThat(run(3).exitCode()).isZero();
        deleteExamples("substr(example_id, 2)::int > 20");
        assertThat(run(3).exitCode()).as("half of them").isZero();
        deleteExamples("substr(example_id, 2)::int > 9");
        Program.Result half = warehouse.program().call("run");
        assertThat(half.exitCode()).as(half.out()).isEqualTo(3);
        assertThat(half.out())
                .contains(
                        "pets: refused. 11 of 20 examples of run 2 are gone (55.00 %), checks.max-vanished-share is 0.5;"
                                + " check whether the queries return everything,");
        assertThat(warehouse.program().call("run", "--dry-run").exitCode()).isEqualTo(3);
        assertThat(warehouse.published("pets")).isEqualTo("2");
        assertThat(checked("max-vanished-share", "1").call("run").exitCode()).isZero();
        assertThat(warehouse.published("pets")).isEqualTo("4");
    }

    @Test
    @Tag("slow")
    void idsInAnotherFormAreNoNewDataset() throws SQLException {
        warehouse = Warehouse.with("pets");
        assertThat(run(3).exitCode()).isZero();
        warehouse.execute(
                "update crowdlab.annotation set example_id = 'pet-' || example_id",
                "update crowdlab.prediction set example_id = 'pet-' || example_id");
        Program.Result renamed = checked("max-changed-share", "0.1").call("run");
        assertThat(renamed.exitCode()).as(renamed.out()).isEqualTo(3);
        assertThat(renamed.out())
                .contains("pets: refused. 40 of 40 examples of run 1 are gone (100.00 %)")
                .contains("pets: warning. No example of run 1 is in this run, so checks.max-changed-share has nothing"
                        + " to compare;");
        Program.Result wanted = checked("max-changed-share", "0.1")
                .with("crowdlab.datasets.pets.checks.max-vanished-share", "1")
                .call("run");
        assertThat(wanted.exitCode()).as(wanted.out()).isZero();
    }

    @Test
    @Tag("slow")
    void aModelThatIsGoneKeepsTheResultBack() throws SQLException {
        warehouse = Warehouse.with("pets");
        assertThat(run(3).exitCode()).isZero();
        warehouse.execute("delete from crowdlab.prediction");
        Program.Result gone = warehouse.program().call("run");
        assertThat(gone.exitCode()).as(gone.out()).isEqualTo(3);
        assertThat(gone.out())
                .contains(
                        "pets: refused. There is no usable prediction, although run 1, published before, had some; check"
                                + " whether the model has run,");
        assertThat(warehouse.published("pets")).isEqualTo("1");
        Program.Result meant = warehouse
                .program()
                .with("crowdlab.datasets.pets.quality-method", "agreement")
                .call("run");
        assertThat(meant.exitCode()).as(meant.out()).isZero();
        assertThat(warehouse.published("pets")).isEqualTo("3");
        assertThat(run(3).exitCode()).as("the published run had none").isZero();
    }

    @Test
    @Tag("slow")
    void aPredictionsQueryThatGivesNothingUsableKeepsEvenAFirstResultBack() throws SQLException {
        warehouse = Warehouse.with("pets");
        Program program = warehouse
                .program()
                .with(
                        "crowdlab.datasets.cats.annotations-query",
                        "select example_id, annotator_id, label from crowdlab.annotation where label is not null")
                .with(
                        "crowdlab.datasets.cats.predictions-query",
                        "select example_id, label, probability from crowdlab.prediction where false");
        Program.Result none = program.call("run", "--dataset", "cats");
        assertThat(none.exitCode()).as(none.out()).isEqualTo(3);
        assertThat(none.out())
                .contains(
                        "cats: refused. There is no usable prediction, although the dataset has a predictions-query;");
        Program.Result unusable = program.with(
                        "crowdlab.datasets.cats.predictions-query",
                        "select example_id, label, 7.0 as probability from crowdlab.prediction")
                .with("crowdlab.datasets.cats.on-missing-prediction", "uniform")
                .with("crowdlab.datasets.cats.checks.max-rejected-share", "1")
                .call("run", "--dataset", "cats");
        assertThat(unusable.exitCode()).as(unusable.out()).isEqualTo(3);
        assertThat(unusable.out()).contains("cats: refused. There is no usable prediction,");
    }

    @Test
    @Tag("slow")
    void aCallThatFindsNoDatasetIsAUsageErrorAndSaysWhatIsPublished() throws SQLException {
        warehouse = Warehouse.with("pets");
        assertThat(run(3).exitCode()).isZero();
        warehouse.execute("truncate crowdlab.annotation, crowdlab.prediction");
        for (String command : List.of("run", "validate")) {
            Program.Result nothing = warehouse.program().call(command);
            assertThat(nothing.exitCode()).isEqualTo(2);
            assertThat(nothing.err())
                    .contains("There is no dataset: configure one under crowdlab.datasets")
                    .containsPattern("pets: warning. Run 1 of \\S+Z stays published, although the dataset is neither"
                            + " configured nor found in the built-in tables:");
        }
        assertThat(warehouse.program().call().exitCode())
                .as("the call without a command, on a configured database")
                .isEqualTo(2);
        assertThat(warehouse.program().call("datasets").out()).containsPattern("pets +no longer found +1 ");
        warehouse.fill("cats");
        Program.Result others = warehouse.program().call("run", "--dataset", "cats");
        assertThat(others.exitCode()).isZero();
        assertThat(others.out() + others.err())
                .as("another file may configure pets, which ran a moment ago")
                .doesNotContain("pets");
        warehouse.letPass("7 days");
        assertThat(warehouse.call(0, "run", "--dataset", "cats")).doesNotContain("pets");
        warehouse.letPass("2 days");
        others = warehouse.program().call("run", "--dataset", "cats");
        assertThat(others.exitCode()).isZero();
        assertThat(others.out()).contains("pets: warning. Run 1 of ").doesNotContain("cats: warning. Run");
    }

    @Test
    @Tag("slow")
    void aMomentAheadOfTheServersClockIsRefusedUnlessItIsMeant() throws SQLException {
        warehouse = Warehouse.empty();
        Program.Result typo = warehouse.program().call("run", "--as-of", "2999-01-01");
        assertThat(typo.exitCode()).isEqualTo(2);
        assertThat(typo.err())
                .containsPattern(
                        "--as-of is 2999-01-01T00:00:00Z, which is ahead of the database server's clock, 2.*Z:");
        assertThat(warehouse.relations()).as("nothing was done").isEmpty();
        warehouse.program().call("migrate");
        warehouse.fill("pets");
        Program.Result meant = warehouse.program().call("run", "--as-of", "2999-01-01", "--allow-future");
        assertThat(meant.exitCode()).as(meant.err()).isZero();
        assertThat(meant.out()).contains("pets: warning. as_of 2999-01-01T00:00:00Z is in the future");
        Program.Result plain = warehouse.program().call("run", "--force");
        assertThat(plain.exitCode()).isZero();
        assertThat(plain.out())
                .containsPattern("pets +2 +history only ")
                .containsOnlyOnce("--replace-newer")
                .contains("pets: warning. Run 1 describes a later moment, 2999-01-01T00:00:00Z, and stays current:");
        assertThat(warehouse.program().call("runs").out())
                .containsPattern("2 +pets .* PUBLISHED \\(history only\\) ")
                .containsPattern("1 +pets .* PUBLISHED \\(current\\) ");
        assertThat(warehouse.program().call("show", "2").out())
                .containsPattern("became_current +no\\R")
                .containsPattern("results_version +\\d+\\R");
    }

    @Test
    @Tag("slow")
    void annotationsFromAfterTheMomentDescribedAreMentioned() throws SQLException {
        warehouse = Warehouse.with("pets");
        warehouse.execute("update crowdlab.annotation set annotated_at = timestamptz '2026-02-03 04:05:06Z'");
        Program.Result past = warehouse.program().call("run", "--as-of", "2020-01-01");
        assertThat(past.exitCode()).isZero();
        assertThat(past.out())
                .contains("pets: warning. The newest annotation is dated 2026-02-03T04:05:06Z, later than this"
                        + " run's moment, 2020-01-01T00:00:00Z: check the clock");
        Program.Result now = warehouse.program().call("run", "--force");
        assertThat(now.out()).doesNotContain("later than this run's moment");
    }

    /** A night that keeps so many published runs. */
    private Program.Result run(int keptRuns) {
        return warehouse
                .program()
                .with("crowdlab.retention.runs", String.valueOf(keptRuns))
                .call("run");
    }

    private Program checked(String check, String value) {
        return warehouse
                .program()
                .with("crowdlab.retention.runs", "3")
                .with("crowdlab.datasets.pets.checks." + check, value);
    }

    private void deleteExamples(String which) throws SQLException {
        warehouse.execute(
                "delete from crowdlab.annotation where " + which, "delete from crowdlab.prediction where " + which);
    }
}
