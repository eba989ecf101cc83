package dev.crowdlab.report.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.figures.AnnotatorFigures.Row;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.figures.StandingFigures;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** 80 examples of ten weeks, half of them dogs, which a4 to a8 mostly know. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnnotatorGroupsIT {

    private Warehouse warehouse;
    private ReportFigures figures;

    @BeforeAll
    void run() throws SQLException {
        warehouse = Warehouse.with();
        warehouse.execute("""
                create table public.votes as
                select 'e' || e as example_id, 'a' || a as annotator_id, timestamptz '2026-09-07' + e / 8 * interval '1 week' as at,
                    case when (e % 2 = 0) = case a
                        when 1 then e % 2 = 1
                        when 2 then e < 64
                        when 3 then e % 5 > 2
                        else ('x' || left(md5(e || ' ' || a), 1))::bit(4)::int > 1 end then 'dog' else 'cat' end as label
                from generate_series(1, 79) e
                cross join generate_series(1, 8) a""");
        program().call(0, "run", "--dataset", "pets");
        figures = new FiguresReader(warehouse.database().dataSource()).read(1, false);
    }

    private Program program() {
        return warehouse
                .program()
                .with(
                        "crowdlab.datasets.pets.annotations-query",
                        "select example_id, annotator_id, label, at as annotated_at from public.votes")
                .with(
                        "crowdlab.datasets.pets.gold-query",
                        "select distinct example_id, case when ltrim(example_id, 'e')::int % 2 = 0 then 'dog' else 'cat' end"
                                + " as label from public.votes");
    }

    @AfterAll
    void drop() {
        warehouse.close();
    }

    @Test
    void whoDriftsOrGivesOneClassStandsApart() {
        assertThat(group("a1")).isEqualTo(Group.ONE_CLASS);
        assertThat(group("a2")).isEqualTo(Group.DRIFTING);
        assertThat(figures.annotators().size(Group.DRIFTING)).isEqualTo(new AnnotatorFigures.Size(1, 79));
        assertThat(figures.annotators().dots())
                .filteredOn(dot -> dot.group() == Group.ONE_CLASS)
                .singleElement()
                .satisfies(dot -> assertThat(dot.id()).isEqualTo("a1"));
    }

    @Test
    void whereThereIsEnoughGoldItDecides() {
        assertThat(figures.annotators().goldMiddle()).isBetween(0.7, 0.95);
        assertThat(group("a3")).isEqualTo(Group.BELOW);
        assertThat(figures.annotators().isByGold(row("a3"))).isTrue();
        assertThat(figures.annotators().byGold()).isEqualTo(6);
        assertThat(figures.annotators().rows())
                .filteredOn(row -> row.group() == Group.BELOW)
                .allMatch(row ->
                        row.gold().accuracy().upper() < figures.annotators().goldMiddle())
                .hasSize(1);
    }

    @Test
    void theNewestRunIsToldOfInTheReportOfTheOneInUse() throws SQLException {
        assertThat(figures.standing().newest().map(StandingFigures.Newest::status))
                .contains(RunStatus.PUBLISHED);
        program()
                .with("crowdlab.datasets.pets.checks.min-examples", "100")
                .call(3, "run", "--dataset", "pets", "--force");
        long refused = Long.parseLong(warehouse.value("select max(run_id) from crowdlab.run"));
        StandingFigures standing = new FiguresReader(warehouse.database().dataSource())
                .read(1, false)
                .standing();
        assertThat(standing.newest()).hasValueSatisfying(newest -> {
            assertThat(newest.runId()).isEqualTo(refused);
            assertThat(newest.status()).isEqualTo(RunStatus.REFUSED);
            assertThat(newest.reason()).isEqualTo("MIN_EXAMPLES");
        });
        assertThat(standing.inUse().map(StandingFigures.InUse::runId)).contains(1L);
    }

    @Test
    void aRefusalNamesCausesBeforeWhatFollowsFromThem() throws SQLException {
        program()
                .with("crowdlab.datasets.pets.classes", "dog,bird")
                .with("crowdlab.datasets.pets.checks.min-annotators", "20")
                .with("crowdlab.datasets.pets.checks.min-examples", "100")
                .call(3, "run", "--dataset", "pets", "--force");
        long run = Long.parseLong(warehouse.value("select max(run_id) from crowdlab.run"));
        ReportFigures refused = new FiguresReader(warehouse.database().dataSource()).read(run, false);
        assertThat(refused.run().findings().stream().map(finding -> finding.code()))
                .startsWith("REJECTED_SHARE", "MIN_ANNOTATORS", "MIN_EXAMPLES");
        assertThat(refused.standing().newest().map(StandingFigures.Newest::reason))
                .contains("REJECTED_SHARE");
    }

    private Group group(String annotator) {
        return row(annotator).group();
    }

    private Row row(String annotator) {
        return figures.annotators().rows().stream()
                .filter(row -> row.id().equals(annotator))
                .findFirst()
                .orElseThrow();
    }
}
