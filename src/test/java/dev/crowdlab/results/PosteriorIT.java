package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The posterior that a run stores where it is asked to. */
class PosteriorIT {

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeEach
    void fill() throws SQLException {
        warehouse = Warehouse.with("d");
    }

    @AfterEach
    void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(warehouse.standAloneTables()).isEmpty();
        warehouse.close();
    }

    private Program plain() {
        return warehouse
                .program()
                .with("crowdlab.datasets.d.classes", "red,green,blue")
                .with("crowdlab.retention.grace", "0s");
    }

    private Program storing() {
        return plain().with("crowdlab.datasets.d.store-posterior", "true");
    }

    private static void call(Program program, String... arguments) {
        Program.Result result = program.call(arguments);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"best_quality", "majority_vote", "dawid_skene", "committee"})
    void everyExampleHasAProbabilityForEachClassAndItsQualityForTheLabel(String method) throws SQLException {
        call(storing().with("crowdlab.datasets.d.consensus-methods", method), "run");
        assertThat(warehouse.column(
                        "select class_index || ' ' || label from crowdlab_bi.run_classes order by class_index"))
                .containsExactly("1 red", "2 green", "3 blue");
        assertThat(warehouse.value("""
                select count(*) || ' ' || count(*) filter (where abs(total - 1) > 1e-9 or abs(probability - quality) > 1e-9)
                from (
                    select l.example_id, sum(p.probability) as total, l.consensus_quality_score as quality,
                        max(p.probability) filter (where p.label = l.consensus_label) as probability
                    from crowdlab_bi.label_quality l
                    left join crowdlab_bi.label_posterior p using (dataset, run_id, example_id)
                    group by l.example_id, l.consensus_quality_score
                    having count(p.label) = 3) e""")).isEqualTo("40 0");
        assertThat(warehouse.value("""
                select count(*) || ' ' || count(*) filter (where abs(p.probability - d.quality_score) > 1e-9)
                from crowdlab_bi.detailed_label_quality d
                join crowdlab_bi.label_posterior p using (dataset, example_id, label)""")).isEqualTo("120 0");
        assertThat(
                        warehouse.value(
                                "select array_agg(p.probability order by c.class_index) = e.posterior"
                                        + " from crowdlab_bi.example_posterior e join crowdlab_bi.label_posterior p using (example_id)"
                                        + " join crowdlab_bi.run_classes c using (label) where e.example_id = 'e7' group by e.posterior"))
                .isEqualTo("t");
    }

    /** From the weights that the run has published; shares no code with the program. */
    @Test
    void thatOfCrowdlabFollowsFromTheWeights() throws SQLException {
        call(storing(), "run");
        assertThat(warehouse.value("""
                with likelihood as (
                    select consensus_likelihood as l from crowdlab_bi.run_history where is_current),
                model as (
                    select model_weight as w from crowdlab_bi.run_models),
                voted as (
                    select d.example_id, c.label, sum(s.annotator_weight) as total,
                        sum(s.annotator_weight * case when d.label = c.label then l else (1 - l) / 2 end) as weighted
                    from crowdlab_bi.detailed_label_quality d
                    join crowdlab_bi.annotator_stats s using (annotator_id)
                    cross join crowdlab_bi.run_classes c
                    cross join likelihood
                    group by 1, 2)
                select count(*) || ' ' || count(*) filter (
                    where abs(p.probability - (m.w * q.probability + v.weighted) / (m.w + v.total)) > 1e-9)
                from crowdlab_bi.label_posterior p
                join voted v using (example_id, label)
                join crowdlab.prediction q on q.dataset = 'd' and q.example_id = p.example_id and q.label = p.label
                cross join model m""")).isEqualTo("120 0");
    }

    @Test
    void nothingElseChangesAndNothingIsStoredUnlessItIsAskedFor() throws SQLException {
        call(plain(), "run");
        assertThat(warehouse.column("select table_name from crowdlab.run_table"))
                .doesNotContain("label_posterior", "run_class");
        assertThat(warehouse.value("select settings ? 'store_posterior' from crowdlab.run"))
                .isEqualTo("f");
        assertThat(warehouse.value("select to_regclass('crowdlab.label_posterior_r1') is null"))
                .isEqualTo("t");
        call(storing(), "run");
        assertThat(warehouse.column("""
                select s.table_name || ' ' || s.row_count
                from crowdlab.run_table s
                left join crowdlab.run_table p on p.table_name = s.table_name and p.run_id = 1 and p.digest = s.digest
                where s.run_id = 2 and p.run_id is null and s.table_name not in ('label_change', 'run_check')
                order by 1""")).containsExactly("label_posterior 40", "run_class 3");
        call(plain(), "verify");
    }

    /** More classes than PostgreSQL selects columns. */
    @Test
    void manyClassesAreStoredAndExportedAsObjects() throws Exception {
        warehouse.execute("""
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                select 'many', 'e' || e, 'a' || a, 'c' || (e + case when (e + a) % 5 = 0 then a else 0 end)
                from generate_series(1, 1700) e, generate_series(1, 3) a""");
        Program program = warehouse
                .program()
                .with("crowdlab.datasets.many.store-posterior", "true")
                .with("crowdlab.datasets.many.consensus-methods", "committee");
        call(program, "run", "--dataset", "many");
        assertThat(warehouse.value("""
                select count(*) || ' ' || bool_and(abs(total - 1) < 1e-9) || ' ' || (min(classes) > 1664)
                from (
                    select sum(p) as total, count(*) as classes
                    from crowdlab_bi.example_posterior, unnest(posterior) p
                    where dataset = 'many'
                    group by example_id) e""")).isEqualTo("1700 true true");
        String[] export = {"export", "--dataset", "many", "--table", "training", "--posterior", "--out"};
        Program.Result columns = program.call(with(export, directory.resolve("many.csv")));
        assertThat(columns.exitCode()).isEqualTo(2);
        assertThat(columns.err())
                .contains("classes, and a file csv has a column for each, 1600 at most; give --format jsonl");
        call(program, with(export, directory.resolve("many.jsonl")));
        try (Stream<String> lines = Files.lines(directory.resolve("many.jsonl"))) {
            assertThat(lines).hasSize(1700).allMatch(line -> line.contains("\"c1700\" : "));
        }
    }

    private static String[] with(String[] words, Path file) {
        return Stream.concat(Stream.of(words), Stream.of(file.toString())).toArray(String[]::new);
    }

    @Test
    void verifyFindsWhatWasChanged() throws SQLException {
        call(storing(), "run");
        call(storing(), "verify");
        String swap = "update crowdlab.label_posterior set posterior = array[posterior[2], posterior[1], posterior[3]]"
                + " where example_id = 'e1'";
        warehouse.execute(swap);
        Program.Result result = storing().call("verify");
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.out() + result.err()).contains("label_posterior");
        warehouse.execute(swap);
        call(storing(), "verify");
    }

    @Test
    void itGoesWithTheLargeTablesOfAnOldRun() throws SQLException {
        Program one = storing().with("crowdlab.retention.runs", "1");
        call(one, "run");
        call(one, "run", "--force");
        assertThat(warehouse.partitions())
                .contains("crowdlab.label_posterior_r2")
                .doesNotContain("crowdlab.label_posterior_r1");
        assertThat(warehouse.value("select string_agg(distinct run_id::text, ' ') from crowdlab.run_class"))
                .isEqualTo("2");
        assertThat(warehouse.column(
                        "select table_name from crowdlab.run_table where run_id = 1 and removed_at is not null"))
                .contains("label_posterior", "run_class");
        call(one, "verify");
    }

    @Test
    void aForgottenExampleHasAPseudonymThereToo() throws SQLException {
        call(storing(), "run");
        call(storing(), "forget", "--example", "e7");
        assertThat(warehouse.value("select count(*) filter (where example_id = 'e7') || ' ' || count(*)"
                        + " from crowdlab_bi.example_posterior"))
                .isEqualTo("0 40");
        call(storing(), "verify");
    }

    @Test
    void noNumberOutsideTheRangeIsStored() throws SQLException {
        call(storing(), "run");
        for (String wrong : List.of("{0.5,NULL}", "{1.5,0}", "{-0.5,1}", "{NaN,0}", "{1}")) {
            String update = "update crowdlab.label_posterior set posterior = '" + wrong + "' where example_id = 'e1'";
            assertThatThrownBy(() -> warehouse.execute(update)).hasMessageContaining("label_posterior_posterior_check");
        }
    }
}
