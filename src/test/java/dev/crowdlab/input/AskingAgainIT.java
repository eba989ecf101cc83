package dev.crowdlab.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipe of the page on sources that asks again in Label Studio every night, on its tables, but for the call of its API: tasks are
 * put there as it imports them. Needs bash, psql and jq, and is called with {@code -Ptools} only, as .ci/run does.
 */
@Tag("tools")
class AskingAgainIT {

    private static final Path PAGE = Path.of("src/site/markdown/sources.md");
    private static final Pattern BLOCK = Pattern.compile("(?m)(?:^ {4}.*\\R)+");
    private static final long MAX_SECONDS = 120;

    private static final String IMPORT = """
            insert into public.task (id, project_id, data)
            select %d + row_number() over (order by t.place), %d, t.task -> 'data'
            from jsonb_array_elements('%s'::jsonb) with ordinality t (task, place)""";

    private static final String ANSWER = """
            insert into public.task_completion (task_id, project_id, completed_by_id, created_at, result)
            select t.id, t.project_id, %s, now(), jsonb_build_array(
                helper.item('sentiment', array[helper.truth((t.data ->> 'example_id')::integer)]))
            from public.task t
            where t.project_id = %d and not exists (select from public.task_completion c where c.task_id = t.id)""";

    @TempDir
    private Path directory;

    private Warehouse warehouse;
    private List<String> blocks = List.of();

    @BeforeEach
    void fill() throws SQLException, IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf("\n## Asking again, every night\n");
        String section = page.substring(from, page.indexOf("\n## ", from + 1));
        blocks = BLOCK.matcher(section)
                .results()
                .map(block -> block.group().stripTrailing().stripIndent() + "\n")
                .toList();
        warehouse = Warehouse.with();
        LabelStudioTables.fill(warehouse);
        warehouse.execute(
                "insert into public.project (id, title) values (21, 'Ask again'), (22, 'Ask the expert')",
                "update public.task set data = jsonb_build_object('text', 'text ' || id) where project_id = 12",
                // opinions that differ, and examples that nobody is sure about
                """
                update public.task_completion set result = jsonb_build_array(helper.item('sentiment',
                    array[helper.truth(task_id + completed_by_id)])) where task_id % 4 = 0 and project_id = 12""");
    }

    @AfterEach
    void drop() {
        warehouse.close();
    }

    /** What the recipe does after dark. */
    private void night() throws Exception {
        Path settings = Files.writeString(directory.resolve("sentiment.yml"), blocks.get(0));
        for (String line : blocks.get(1).lines().toList()) {
            String[] words = line.split(" ");
            assertThat(words[0]).isEqualTo("crowdlab");
            for (int index = 1; index < words.length; index++) {
                words[index] = words[index].endsWith(".json")
                        ? directory.resolve(words[index]).toString()
                        : words[index];
            }
            Program.Result result = warehouse
                    .program()
                    .with("spring.config.additional-location", settings.toString())
                    .with("crowdlab.datasets.sentiment.checks.max-rejected-share", "0.2")
                    .with("crowdlab.datasets.sentiment.checks.max-changed-share", "1")
                    .call(Arrays.copyOfRange(words, 1, words.length));
            assertThat(result.exitCode()).as(line + result.out() + result.err()).isZero();
        }
        ProcessBuilder tools = new ProcessBuilder("bash", "-euc", blocks.get(2))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile());
        tools.environment()
                .put(
                        "LABEL_STUDIO_DATABASE",
                        warehouse.database().url().replaceFirst("^jdbc:", "").replaceFirst("\\?.*", ""));
        tools.environment().put("PGUSER", warehouse.database().user());
        tools.environment().put("PGPASSWORD", warehouse.database().password());
        Process process = tools.start();
        assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(directory.resolve("output.txt")))
                .isZero();
    }

    /** As the API of Label Studio puts the tasks of a file into a project; returns how many. */
    private int importInto(int project, String file) throws SQLException, IOException {
        String tasks = Files.readString(directory.resolve(file));
        int begin = Integer.parseInt(warehouse.value("select greatest(max(id), 10000) from public.task"));
        warehouse.execute(IMPORT.formatted(begin, project, tasks.replace("'", "''")));
        return Integer.parseInt(warehouse.value(
                "select count(*) from public.task where project_id = " + project + " and id > " + begin));
    }

    private List<String> state(String state) throws SQLException {
        return warehouse.column("select example_id from crowdlab_bi.label_state where state = '" + state + "'");
    }

    @Test
    void whatIsAskedIsAnsweredAndEndsAtTheExpert() throws Exception {
        night();
        List<String> asked = state("ask");
        assertThat(asked).isNotEmpty();
        assertThat(importInto(21, "ask.json")).isEqualTo(asked.size());
        int experts = importInto(22, "expert.json");
        assertThat(experts)
                .isEqualTo(Integer.parseInt(warehouse.value("select count(*) from crowdlab_bi.label_quality")));
        assertThat(warehouse.value(
                        "select bool_and(data ? 'text' and not data ? 'votes') from public.task where project_id = 21"))
                .isEqualTo("t");
        assertThat(warehouse.value(
                        "select count(*) from public.task where project_id = 22 and data -> 'votes' <> 'null'"))
                .isEqualTo(String.valueOf(state("expert").size()));

        night();
        assertThat(importInto(21, "ask.json"))
                .as("they wait for answers already")
                .isZero();
        assertThat(importInto(22, "expert.json")).isZero();

        for (int round = 0; round < 4; round++) {
            warehouse.execute(ANSWER.formatted("1 + (t.id + " + round + ") % 4", 21));
            night();
            importInto(21, "ask.json");
            importInto(22, "expert.json");
        }
        List<String> left = state("expert");
        assertThat(warehouse.value("select bool_or(num_annotations = 4) and bool_and(num_annotations <= 5)"
                        + " from crowdlab_bi.label_quality"))
                .as("the answers are labels")
                .isEqualTo("t");
        assertThat(warehouse.value("select count(*) from crowdlab_bi.label_state join crowdlab_bi.label_quality"
                        + " using (example_id) where state = 'expert' and num_annotations < 5"))
                .isEqualTo("0");
        warehouse.execute(ANSWER.formatted("5", 22));
        night();
        assertThat(warehouse.value("select count(*) from crowdlab_bi.label_quality q where consensus_label"
                        + " <> helper.truth(example_id::integer)"))
                .as("the expert, who was asked about the whole sample, decides")
                .isEqualTo("0");
        assertThat(state("done")).containsAll(left).containsAll(asked);
        assertThat(importInto(21, "ask.json")).isZero();
        assertThat(importInto(22, "expert.json")).isZero();
        assertThat(warehouse.value("select num_gold >= 50 and share is not null from crowdlab_bi.class_share"
                        + " where scope = 'dataset' limit 1"))
                .isEqualTo("t");
    }
}
