package dev.crowdlab.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What to ask next, and soft labels to train on, as files. */
class NextTasksIT {

    private static final String HEADER =
            "example_id,state,since,probability,num_annotations,consensus_label,votes,run_id";

    /** From the tables, by SQL of its own. */
    private static final String EXPECTED = """
            select s.example_id || ' ' || s.state || ' ' || s.probability || ' ' || q.num_annotations || ' '
                || q.consensus_label || ' ' || v.votes
            from crowdlab.label_state s
            join crowdlab.label_quality q using (run_id, example_id)
            join (
                select example_id, string_agg(label || n, ' ' order by n desc, label) as votes
                from (select example_id, label, count(*) as n from crowdlab.detailed_label_quality group by 1, 2) n
                group by 1) v using (example_id)
            where s.state <> 'done'
            order by s.state, s.probability, s.example_id""";

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeEach
    void fill() throws SQLException {
        warehouse = Warehouse.with("d");
        warehouse.execute("insert into crowdlab.annotation (dataset, example_id, annotator_id, label) values"
                + " ('d', 'e1', 'a6', 'red'), ('d', 'e1', 'a7', 'blue'), ('d', 'e41', 'a1', 'red')");
    }

    @AfterEach
    void drop() {
        warehouse.close();
    }

    private Program plain() {
        return warehouse
                .program()
                .with("crowdlab.datasets.d.consensus-methods", "committee")
                .with("crowdlab.datasets.d.on-missing-prediction", "uniform");
    }

    private Program stopping() {
        return plain().with("crowdlab.datasets.d.stop.at", "0.8").with("crowdlab.datasets.d.stop.max-labels", "4");
    }

    private Path export(Program program, String table, String file, String... more) {
        Path path = directory.resolve(file);
        Result result = program.call(Stream.concat(
                        Stream.of("export", "--dataset", "d", "--table", table, "--out", path.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return path;
    }

    private String refused(Program program, String... words) {
        Result result = program.call(Stream.concat(Stream.of("export", "--dataset", "d"), Stream.of(words))
                .toArray(String[]::new));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(directory).isEmptyDirectory();
        return result.err().strip();
    }

    private static String task(JsonNode data) {
        List<String> votes = new ArrayList<>();
        data.get("votes").properties().forEach(vote -> votes.add(vote.getKey() + vote.getValue()));
        return String.join(
                " ",
                data.get("example_id").asText(),
                data.get("state").asText(),
                data.get("probability").asText(),
                data.get("num_annotations").asText(),
                data.get("consensus_label").asText(),
                String.join(" ", votes));
    }

    private static List<String> duck(String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    @Test
    void tasksAreWhatIsNotDoneWithTheVotesSoFarInEveryFormat() throws Exception {
        warehouse.call(0, "run");
        plain().call(0, "run");
        stopping().call(0, "run");
        List<String> expected = warehouse.column(EXPECTED.replace("crowdlab.", "crowdlab_bi."));
        assertThat(expected)
                .anyMatch(row -> row.contains(" ask "))
                .anyMatch(row -> row.startsWith("e1 expert "))
                .hasSizeLessThan(41);

        ObjectMapper json = new ObjectMapper();
        JsonNode tasks =
                json.readTree(export(stopping(), "next-tasks", "tasks.json").toFile());
        assertThat(tasks)
                .allMatch(task -> task.size() == 1
                        && task.get("data").get("run_id").asInt() == 3
                        && task.get("data").get("dataset").asText().equals("d"));
        assertThat(tasks).extracting(task -> task(task.get("data"))).containsExactlyElementsOf(expected);

        List<String> lines = Files.readAllLines(export(stopping(), "next-tasks", "tasks.jsonl"));
        assertThat(lines).hasSameSizeAs(expected);
        for (int line = 0; line < lines.size(); line++) {
            assertThat(task(json.readTree(lines.get(line)))).isEqualTo(expected.get(line));
        }

        Path csv = export(stopping(), "next-tasks", "tasks.csv");
        assertThat(Files.readAllLines(csv)).first().isEqualTo(HEADER);
        Path parquet = export(stopping(), "next-tasks", "tasks.parquet");
        for (String reader : List.of("read_csv('" + csv + "', header = true)", "read_parquet('" + parquet + "')")) {
            assertThat(duck(
                            "select example_id || ' ' || state || ' ' || num_annotations || ' ' || consensus_label || ' '"
                                    + " || regexp_replace(votes, '[{}\",]|: ', '', 'g') from " + reader))
                    .isEqualTo(expected.stream()
                            .map(row -> row.replaceFirst("^(\\S+ \\S+) \\S+", "$1"))
                            .toList());
        }
    }

    @Test
    void noTaskIsAnEmptyListAndEveryExampleDoneAnEmptyTable() throws IOException, SQLException {
        warehouse.execute(
                "delete from crowdlab.annotation where example_id <> 'e5'",
                "insert into crowdlab.annotation (dataset, example_id, annotator_id, label) select 'd', 'f' || e, 'a' || a, 'red'"
                        + " from generate_series(1, 30) e, generate_series(1, 5) a",
                "delete from crowdlab.annotation where example_id = 'e5'");
        Program program = plain().with("crowdlab.datasets.d.stop.at", "0.01");
        program.call(0, "run");
        assertThat(export(program, "next-tasks", "tasks.json")).hasContent("[]");
        assertThat(export(program, "next-tasks", "tasks.csv")).hasContent(HEADER);
    }

    @Test
    void idsAndLabelsOfOtherPeopleStayWhatTheyAre() throws IOException, SQLException {
        String id = "=cmd|' \"/c\"'\n\\, é\u2028<script>";
        warehouse.execute(
                "update crowdlab.annotation set example_id = '" + id.replace("'", "''") + "' where example_id = 'e41'",
                "update crowdlab.annotation set label = '@\"red\"' where label = 'red'",
                "update crowdlab.prediction set label = '@\"red\"' where label = 'red'");
        stopping().call(0, "run");
        JsonNode tasks = new ObjectMapper()
                .readTree(export(stopping(), "next-tasks", "tasks.json").toFile());
        assertThat(tasks)
                .filteredOn(task -> task.get("data").get("example_id").asText().equals(id))
                .hasSize(1)
                .allMatch(task -> task.get("data").get("votes").get("@\"red\"").asInt() == 1
                        && task.get("data").get("consensus_label").asText().equals("@\"red\""));
        String csv = Files.readString(export(stopping(), "next-tasks", "tasks.csv", "--spreadsheet-safe"));
        assertThat(csv)
                .contains("\n\"'" + id.replace("\"", "\"\"") + "\",ask,")
                .contains(",\"'@\"\"red\"\"\",\"{\"\"@\\\"\"red\\\"\"\"\": 1}\",1\n");
    }

    @Test
    void tasksNeedStatesAndOnlyTasksAreForLabelStudio() {
        plain().call(0, "run");
        String out = directory.resolve("x.json").toString();
        assertThat(refused(plain(), "--table", "next-tasks", "--out", out))
                .isEqualTo("The published run of dataset 'd' has no states, which say what to ask next; set"
                        + " crowdlab.datasets.d.stop.at and run it again; if it is set, the run's warnings say what is"
                        + " missing");
        assertThat(refused(plain(), "--table", "label_quality", "--out", out))
                .isEqualTo("json is a file of tasks for Label Studio and goes with --table next-tasks; give --format"
                        + " jsonl for one JSON object per line");
    }

    @Test
    void readersOfTheViewsMayExportThem() throws SQLException {
        stopping().with("crowdlab.datasets.d.store-soft-labels", "true").call(0, "run");
        warehouse.execute("create role next_tasks_it login password 'reader' in role crowdlab_reader");
        Program reader = Program.on(warehouse.database(), "next_tasks_it", "reader");
        assertThat(export(reader, "next-tasks", "tasks.json")).isNotEmptyFile();
        assertThat(export(reader, "training", "soft.csv", "--soft")).isNotEmptyFile();
        warehouse.execute("drop role next_tasks_it");
    }

    @Test
    void softLabelsAreThoseOfTheViewInEveryFormat() throws Exception {
        String odd = "it's \"red\", or " + "so ".repeat(30) + "on";
        warehouse.execute(
                "update crowdlab.annotation set label = '" + odd.replace("'", "''") + "' where label = 'red'",
                "update crowdlab.prediction set label = '" + odd.replace("'", "''") + "' where label = 'red'");
        Program program = plain().with("crowdlab.datasets.d.store-soft-labels", "true");
        program.call(0, "run");
        List<String> expected =
                warehouse.column("select example_id || ' ' || string_agg(probability::text, ' ' order by class)"
                        + " from crowdlab_bi.soft_label group by example_id order by example_id");
        assertThat(expected).hasSize(41);
        Path csv = export(program, "training", "soft.csv", "--soft");
        Path parquet = export(program, "training", "soft.parquet", "--soft");
        for (String reader : List.of("read_csv('" + csv + "', header = true)", "read_parquet('" + parquet + "')")) {
            assertThat(duck("select column_name from (describe select * from " + reader + ")"))
                    .containsExactly(
                            "example_id",
                            "consensus_label",
                            "quality",
                            "run_id",
                            "probability:blue",
                            "probability:green",
                            "probability:" + odd);
            assertThat(duck(
                            "select concat_ws(' ', example_id, \"probability:blue\", \"probability:green\", columns('probability:it.*')) from "
                                    + reader + " order by example_id"))
                    .isEqualTo(expected);
        }
        List<String> lines = Files.readAllLines(export(program, "training", "soft.jsonl", "--soft"));
        ObjectMapper json = new ObjectMapper();
        for (int line = 0; line < lines.size(); line++) {
            JsonNode row = json.readTree(lines.get(line));
            List<String> found = new ArrayList<>(List.of(row.get("example_id").asText()));
            row.get("probability").forEach(value -> found.add(value.asText()));
            assertThat(row.get("probability").fieldNames()).toIterable().isEqualTo(Arrays.asList("blue", "green", odd));
            assertThat(String.join(" ", found)).isEqualTo(expected.get(line));
        }
    }

    @Test
    void softLabelsAreRefusedWhereThereAreNone() {
        plain().call(0, "run");
        String out = directory.resolve("x.csv").toString();
        assertThat(refused(plain(), "--table", "training", "--soft", "--out", out))
                .isEqualTo("The published run of dataset 'd' stored no soft labels; set"
                        + " crowdlab.datasets.d.store-soft-labels: true and run it again, or leave --soft out");
        assertThat(refused(plain(), "--table", "training", "--soft", "--posterior", "--out", out))
                .isEqualTo("--posterior and --soft have columns of the same names; give one of them");
        assertThat(refused(plain(), "--table", "label_quality", "--soft", "--out", out))
                .isEqualTo(
                        "--soft goes with --table training; the view soft_label has the probability of every class, too");
    }
}
