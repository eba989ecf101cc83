package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Annotators that the input itself calls machines. */
class StatedMachinesIT {

    private static final String QUERY = "crowdlab.datasets.d.annotations-query";

    /** All results, by their contents, but those that compare with the run before. */
    private static final String DIGESTS = """
            select string_agg(table_name || ' ' || digest, ', ' order by table_name)
            from crowdlab.run_table t join crowdlab.published_run p using (run_id)
            where p.dataset = 'd' and table_name not in ('label_change', 'run_check')""";

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeEach
    void fill() throws SQLException {
        warehouse = PeopleAndMachinesTable.warehouse();
        warehouse.execute(
                "alter table public.label add column kind text, add column vendor text",
                "update public.label set kind = case when annotator_id like 'gpt%' then 'machine' else 'human' end");
    }

    @AfterEach
    void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    private Program program(String columns) {
        return warehouse
                .program()
                .with(QUERY, "select example_id, annotator_id, label, annotated_at" + columns + " from public.label");
    }

    private Program stated() {
        return program(", kind as annotator_kind, vendor as family");
    }

    private void run(Program program) {
        Program.Result result = program.call("run", "--force");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    private String value(String select) throws SQLException {
        return warehouse.value(select);
    }

    private List<String> rejected() throws SQLException {
        return warehouse.column("select reason || ' ' || count(*) || ' ' || min(annotator_id) || ': ' || min(detail)"
                + " from crowdlab.rejected_row group by reason order by 1");
    }

    @Test
    void machinesOfTheColumnCountAsThoseOfAPattern() throws SQLException {
        run(program("").with("crowdlab.datasets.d.machines", "gpt-*"));
        String declared = value(DIGESTS);
        run(stated());
        assertThat(value(DIGESTS)).isEqualTo(declared);
        assertThat(value("select status || ' ' || num_machines from crowdlab_bi.run_panel"))
                .isEqualTo("ANCHORED 6");
    }

    @Test
    void aColumnWithPeopleAloneChangesNoLabel() throws SQLException {
        warehouse.execute("update public.label set kind = 'human'");
        String labels =
                "select md5(string_agg(concat_ws(' ', example_id, consensus_label, consensus_quality_score), ','"
                        + " order by example_id)) from crowdlab_bi.label_quality";
        run(program(""));
        String before = value(labels);
        run(stated());
        assertThat(value(labels)).isEqualTo(before);
        assertThat(value("select count(*) from crowdlab_bi.run_checks where code = 'LOOKS_LIKE_A_MACHINE'"))
                .isEqualTo("0");
    }

    @Test
    void patternsAndColumnTogetherNameMachines() throws SQLException {
        warehouse.execute("update public.label set kind = null where annotator_id in ('gpt-1', 'gpt-2')");
        run(stated().with("crowdlab.datasets.d.machines", "gpt-1"));
        assertThat(warehouse.column("select annotator_id from crowdlab_bi.machine_stats order by 1"))
                .containsExactly("gpt-1", "gpt-3", "gpt-4", "gpt-5", "gpt-6");
        assertThat(value("select message from crowdlab_bi.run_checks where code = 'LOOKS_LIKE_A_MACHINE'"))
                .contains("'gpt-2'");
    }

    @Test
    void theFamilyOfTheColumnOverridesTheOneOfTheName() throws SQLException {
        warehouse.execute(
                "update public.label set vendor = 'maker' where annotator_id = 'gpt-1'",
                "update public.label set vendor = case when example_id > 'e0200' then 'b' else 'c' end where annotator_id = 'gpt-2'",
                "update public.label set vendor = 'nobody' where annotator_id = 'person 1'");
        run(stated());
        assertThat(warehouse.column(
                        "select annotator_id || ' ' || family from crowdlab_bi.machine_stats order by 1 limit 3"))
                .containsExactly("gpt-1 maker", "gpt-2 b", "gpt-3 gpt");
    }

    @Test
    void aKindThatIsNoneIsABadRow() throws SQLException {
        warehouse.execute(
                "update public.label set kind = 'Robot' where annotator_id = 'gpt-1' and example_id = 'e0007'");
        run(stated());
        assertThat(rejected())
                .containsExactly(
                        "UNKNOWN_KIND 1 gpt-1: annotator_kind is 'Robot'; it must be human or machine, or be left empty");
        assertThat(value("select num_overlap from crowdlab_bi.machine_stats where annotator_id = 'gpt-1'"))
                .isEqualTo("199");
    }

    @Test
    void anAnnotatorOfBothKindsIsNotUsed() throws SQLException {
        warehouse.execute(
                "update public.label set kind = 'human' where annotator_id = 'gpt-6' and example_id = 'e0007'");
        run(stated().with("crowdlab.datasets.d.checks.max-rejected-share", "0.2"));
        assertThat(rejected())
                .containsExactly(
                        "CONFLICTING_KIND 400 gpt-6: some rows of this annotator have the annotator_kind human and"
                                + " others machine; give an annotator one kind, and people and machines ids of their own");
        assertThat(value("select count(*) from crowdlab_bi.machine_stats")).isEqualTo("5");
        assertThat(value("select count(*) from crowdlab_bi.annotator_stats")).isEqualTo("4");
    }

    @Test
    void aFamilyAloneIsSomebodyElses() throws SQLException {
        run(program("").with("crowdlab.datasets.d.machines", "gpt-*"));
        String digest = value("select input_digest from crowdlab.run order by run_id desc limit 1");
        run(program(", vendor as family").with("crowdlab.datasets.d.machines", "gpt-*"));
        assertThat(value("select input_digest from crowdlab.run order by run_id desc limit 1"))
                .isEqualTo(digest);
    }

    @Test
    void theColumnCannotBeCombinedWithStopping() {
        Program.Result result = stated().with("crowdlab.datasets.d.consensus-methods", "committee")
                .with("crowdlab.datasets.d.stop.at", "0.9")
                .call("run");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out() + result.err()).contains("annotator_kind cannot be combined with the settings of stop");
    }

    @Test
    void aColumnWithoutAValueIsNone() throws SQLException {
        warehouse.execute("update public.label set kind = null");
        run(program("")
                .with("crowdlab.datasets.d.stop.at", "0.9")
                .with("crowdlab.datasets.d.consensus-methods", "committee"));
        String before = value(DIGESTS);
        run(stated().with("crowdlab.datasets.d.stop.at", "0.9")
                .with("crowdlab.datasets.d.consensus-methods", "committee"));
        assertThat(value(DIGESTS)).isEqualTo(before);
    }

    @Test
    void aFileMaySayWhoIsAMachine() throws SQLException, IOException {
        Path file = directory.resolve("labels.csv");
        StringBuilder rows = new StringBuilder("example_id,annotator_id,label,annotator_kind,family\n");
        warehouse
                .column("select concat_ws(',', example_id, annotator_id, label, kind, 'maker') from public.label")
                .forEach(row -> rows.append(row).append('\n'));
        Files.writeString(file, rows);
        Program program = warehouse.program();
        Program.Result loaded = program.call("load", "--dataset", "e", "--annotations", file.toString());
        assertThat(loaded.exitCode()).as(loaded.err()).isZero();
        Program.Result night = program.call("run", "--dataset", "e");
        assertThat(night.exitCode()).as(night.out() + night.err()).isZero();
        assertThat(warehouse.column("select distinct family || ' ' || status from crowdlab_bi.machine_stats"))
                .containsExactly("maker USED");
        assertThat(value("select num_annotators from crowdlab.run order by run_id desc limit 1"))
                .isEqualTo("4");
    }
}
