package dev.crowdlab.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The settings that the page on sources gives for each labeling tool, run on tables as the tool has them, by a user who has the
 * rights that the page gives and no others.
 */
class SourcesPageIT {

    private static final Path PAGE = Path.of("src/site/markdown/sources.md");

    private static final Pattern BLOCK = Pattern.compile("(?m)(?:^ {4}.*\\R)+");

    private static final String USER = "sources_page_it_night";

    private static final String PASSWORD = "secret";

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeEach
    void createUser() throws SQLException {
        warehouse = Warehouse.with();
        warehouse.execute("create user " + USER + " in role crowdlab_writer password '" + PASSWORD + "'");
    }

    @AfterEach
    void drop() throws SQLException {
        warehouse.execute("drop owned by " + USER + " cascade", "drop user " + USER);
        warehouse.close();
    }

    /** The blocks of code in the page's section about a tool. */
    private static List<String> blocks(String tool) throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf("\n## " + tool + "\n");
        assertThat(from).isPositive();
        int to = page.indexOf("\n## ", from + 1);
        String section = to < 0 ? page.substring(from) : page.substring(from, to + 1);
        return BLOCK.matcher(section)
                .results()
                .map(block -> block.group().stripTrailing().stripIndent() + "\n")
                .toList();
    }

    /** Grants the rights of the page, and runs its dataset. */
    private void run(String tool) throws SQLException, IOException {
        List<String> blocks = blocks(tool);
        List<String> grants =
                blocks.stream().filter(block -> block.startsWith("grant ")).toList();
        assertThat(grants).hasSize(1);
        Result refused = call(blocks.get(0));
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out() + refused.err()).contains("permission denied", "; grant the right to user " + USER);
        warehouse.execute(grants.get(0).replace("nightly", USER));
        Result run = call(blocks.get(0));
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    private Result call(String settings) throws IOException {
        Path file = Files.writeString(directory.resolve("page.yml"), settings);
        String dataset = settings.lines()
                .findFirst()
                .orElseThrow()
                .replace("crowdlab.datasets.", "")
                .replace(":", "");
        return Program.on(warehouse.database(), USER, PASSWORD)
                .with("spring.config.additional-location", file.toString())
                .with("crowdlab.datasets." + dataset + ".checks.max-rejected-share", "0.1")
                .call("run");
    }

    private List<String> counts() throws SQLException {
        return warehouse.column(
                "select dataset || ' ' || num_examples || ' ' || num_annotations || ' ' || num_annotators"
                        + " from crowdlab_bi.run_history where status = 'PUBLISHED'");
    }

    private List<String> rejected() throws SQLException {
        return warehouse.column("select concat_ws(' ', source, reason, example_id, annotator_id, label)"
                + " from crowdlab.rejected_row order by 1");
    }

    @Test
    void labelStudio() throws SQLException, IOException {
        LabelStudioTables.fill(warehouse);
        run("Label Studio");
        assertThat(counts()).containsExactly("sentiment 63 183 4");
    }

    @Test
    void doccano() throws SQLException, IOException {
        warehouse.execute(LabelStudioTables.text("doccano.sql"));
        run("doccano");
        assertThat(counts()).containsExactly("reviews 30 90 3");
        assertThat(rejected()).containsExactly("annotation UNKNOWN_LABEL 31 ann [\"negative\", \"positive\"]");
        assertThat(
                        warehouse.column(
                                "select count(*) from crowdlab_bi.label_quality q where consensus_label"
                                        + " = (select t.text from public.label_types_categorytype t where t.id = 1 + q.example_id::int % 3)"))
                .containsExactly("30");
    }

    @Test
    void cvat() throws SQLException, IOException {
        warehouse.execute(LabelStudioTables.text("cvat.sql"));
        run("CVAT");
        assertThat(counts()).containsExactly("frames 30 90 3");
        assertThat(rejected())
                .containsExactly(
                        "annotation MISSING_ID 6:0 day", "annotation UNKNOWN_LABEL 5:30 bob [\"day\", \"dusk\"]");
        assertThat(warehouse.column("select distinct num_gold from crowdlab_bi.annotator_stats"))
                .containsExactly("2");
    }

    @Test
    void argilla() throws SQLException, IOException {
        warehouse.execute(LabelStudioTables.text("argilla.sql"));
        run("Argilla");
        assertThat(counts()).containsExactly("answers 29 87 3");
        assertThat(rejected())
                .containsExactly(
                        "annotation MISSING_LABEL 00000000-0000-4000-8000-000000000034 ann",
                        "annotation NO_PREDICTION 00000000-0000-4000-8000-000000000030 ann negative",
                        "annotation NO_PREDICTION 00000000-0000-4000-8000-000000000030 bob negative",
                        "annotation NO_PREDICTION 00000000-0000-4000-8000-000000000030 cid negative",
                        "annotation UNKNOWN_LABEL 00000000-0000-4000-8000-000000000033 ann [\"negative\", \"positive\"]",
                        "prediction BAD_PROBABILITY 00000000-0000-4000-8000-000000000030 negative");
        assertThat(warehouse.column(
                        "select distinct annotated_at at time zone 'UTC' from crowdlab_bi.detailed_label_quality"))
                .containsExactly("2026-02-01 12:00:00");
        assertThat(warehouse.column("select model from crowdlab_bi.run_models")).containsExactly("gpt");
    }

    @Test
    void aTemplateOfThePageIsReadAsItStands() throws IOException {
        Path file = Files.writeString(
                directory.resolve("page.yml"),
                blocks("Label Studio").stream()
                        .filter(block -> block.contains("crowdlab.templates"))
                        .findFirst()
                        .orElseThrow());
        Result config = Program.withoutDatabase()
                .with("spring.config.additional-location", file.toString())
                .call("config");
        assertThat(config.exitCode()).as(config.err()).isZero();
        assertThat(config.out()).containsPattern("crowdlab.templates.tool.dataset.source +\\S+, line 4 +label-studio");
    }
}
