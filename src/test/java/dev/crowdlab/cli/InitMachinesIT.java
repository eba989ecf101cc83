package dev.crowdlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code init} proposes where each language model has a column of its own. */
class InitMachinesIT {

    /** People label 150 reviews twice, and six models all 400. */
    private static final String[] TABLES = {
        "create schema ml",
        "create table ml.human_label (review_id bigint, task_id bigint, rater integer, answer text, created_at timestamptz)",
        """
        insert into ml.human_label
        select e, e, 1 + (e + p) % 4, case when (e % 2 = 0) = ((e * 7 + p * 3) % 10 > 0) then 'good' else 'bad' end, '2026-03-02'
        from generate_series(1, 150) e, generate_series(1, 2) p""",
        """
        create table ml.llm_output (task_id bigint primary key, prompt text, gpt_4o_label text, gpt_4o_reason text, gpt_4o_cost float8,
            claude_label text, llama_3_1_70b_label varchar(20), gemini_pro_label text, mistral_label text, qwen2_label text)""",
        """
        insert into ml.llm_output
        select e, 'Is it good?', g(e, 0), 'because', 0.01, g(e, 1), g(e, 2), g(e, 3), nullif(g(e, 4), 'bad'), g(e, 5)
        from generate_series(1, 400) e""",
    };

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeEach
    void open() throws SQLException {
        warehouse = Warehouse.with();
        warehouse.execute("create function g(e int, m int) returns text language sql"
                + " as $$ select case when (e % 2 = 0) = ((e / 2 + m / 3) % 5 > 0) then 'good' else 'bad' end $$");
        warehouse.execute(TABLES);
    }

    @AfterEach
    void close() throws SQLException {
        warehouse.close();
    }

    private String init() throws Exception {
        Path file = directory.resolve("application.yml");
        Files.deleteIfExists(file);
        Result result = warehouse.program().call("init", "--out", file.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out() + Files.readString(file);
    }

    private Program program() {
        return warehouse.program().with("spring.config.additional-location", "file:" + directory + "/");
    }

    @Test
    void columnsOfModelsBecomeRowsOfMachines() throws Exception {
        String proposed = init();
        assertThat(proposed)
                .contains(
                        "with queries for the tables that fit best, and 6 columns as machines (gpt-4o, claude, llama-3-1-70b,"
                                + " gemini-pro, mistral, qwen2)")
                .contains("""
      annotations-query: |
        select task_id as example_id, rater::text as annotator_id, answer as label, created_at as annotated_at
        from ml.human_label
        union all
        select t.task_id, m.machine, m.label, null::timestamptz
        from ml.llm_output t
        cross join lateral (values
            ('gpt-4o', t.gpt_4o_label),
            ('claude', t.claude_label),
            ('llama-3-1-70b', t.llama_3_1_70b_label),
            ('gemini-pro', t.gemini_pro_label),
            ('mistral', t.mistral_label),
            ('qwen2', t.qwen2_label)
        ) m (machine, label)
        where m.label is not null
""")
                .contains(
                        "machines: [\"gpt-4o\", \"claude\", \"llama-3-1-70b\", \"gemini-pro\", \"mistral\", \"qwen2\"]")
                .doesNotContain("ml.llm_output: no column");
    }

    @Test
    void theExamplesOwnIdNamesThem() throws Exception {
        warehouse.execute("alter table ml.llm_output rename task_id to id");
        assertThat(init())
                .contains("# Make sure that id there names the same examples.")
                .contains("select t.id, m.machine, m.label, null::timestamptz");
        assertThat(program().call(0, "validate")).contains("Datasets that can be run: 1.");
    }

    @Test
    void fromTheFileToTheReport() throws Exception {
        init();
        assertThat(program().call(0, "validate")).contains("Datasets that can be run: 1.");
        Result night = program().call("run");
        assertThat(night.exitCode()).as(night.out() + night.err()).isZero();
        assertThat(warehouse.value("select status || ' ' || num_machines from crowdlab_bi.run_panel"))
                .isEqualTo("ANCHORED 6");
        assertThat(warehouse.value("select num_examples || ' ' || num_annotators from crowdlab.run"))
                .isEqualTo("400 4");
        Path report = directory.resolve("report.html");
        program().call(0, "report", "--dataset", "human_label", "--out", report.toString());
        assertThat(Files.readString(report)).contains("Six machines are worth");
    }

    @Test
    void idsOfOtherTypesAreReadAsTexts() throws Exception {
        warehouse.execute(
                "alter table ml.llm_output alter column task_id type text",
                "alter table ml.human_label alter column answer type integer using case answer when 'good' then 1 else 0 end",
                "alter table ml.llm_output alter column claude_label type integer using case claude_label when 'good' then 1 else 0 end",
                "alter table ml.llm_output add created_at timestamptz");
        assertThat(init())
                .contains("select task_id::text as example_id, rater::text as annotator_id, answer::text as label")
                .contains("select t.task_id::text, m.machine, m.label, t.created_at")
                .contains("('claude', t.claude_label::text)");
        program().call(0, "validate");
    }

    @Test
    void modelsWithoutPeopleAreLeftOutWithTheReason() throws Exception {
        warehouse.execute("drop table ml.human_label");
        assertThat(init())
                .contains(
                        "#   ml.llm_output: columns with labels of gpt-4o, claude, llama-3-1-70b, gemini-pro, mistral, qwen2, and"
                                + " no table with labels of people, by whom models are judged");
    }

    @Test
    void otherTablesAndOtherNamesOfTheExampleAreTold() throws Exception {
        warehouse.execute(
                "create table ml.more (item_id bigint, label_by_gpt_4o_mini text)",
                "alter table ml.llm_output rename task_id to document_id");
        assertThat(init())
                .contains("# Make sure that document_id there names the same examples.")
                .contains("# Other tables with labels of language models: ml.more");
    }
}
