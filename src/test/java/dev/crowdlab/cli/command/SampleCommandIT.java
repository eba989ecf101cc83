package dev.crowdlab.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crowdlab.testing.HostileText;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** The examples to ask an expert about, whatever their ids are. */
class SampleCommandIT {

    private static final String FORMULA = "=cmd|' /c calc'!A0";

    @TempDir
    private Path directory;

    private Warehouse warehouse;
    private final Set<String> ids = new TreeSet<>();

    @BeforeEach
    void fill() throws SQLException {
        warehouse = Warehouse.with("d");
        Random random = new Random(7);
        ids.add(FORMULA);
        ids.add("x".repeat(250));
        ids.add("\"\"\",\"\n\r\n'");
        while (ids.size() < 60) {
            ids.add(HostileText.next(random));
        }
        ids.removeIf(id -> id.isBlank() || !id.equals(id.strip()));
        try (Connection connection = warehouse.database().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "insert into crowdlab.annotation (dataset, example_id, annotator_id, label)"
                                + " select 'd', ?, 'a' || a, case when a < 3 then 'red' else 'blue' end from generate_series(1, 3) a")) {
            for (String id : ids) {
                statement.setString(1, id);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        warehouse.execute(
                "insert into crowdlab.gold (dataset, example_id, label) select distinct 'd', example_id, 'red'"
                        + " from crowdlab.annotation where dataset = 'd' and annotator_id <> 'a3'");
        warehouse
                .program()
                .with("crowdlab.datasets.d.on-missing-prediction", "uniform")
                .with("crowdlab.datasets.d.checks.max-rejected-share", "1")
                .call(0, "run");
    }

    @AfterEach
    void drop() {
        warehouse.close();
    }

    private Path sample(String file, String... more) {
        Path path = directory.resolve(file);
        List<String> words =
                new ArrayList<>(List.of("sample", "--dataset", "d", "--size", "200", "--out", path.toString()));
        words.addAll(List.of(more));
        Result result = warehouse.program().call(words.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return path;
    }

    @Test
    void everyIdIsReadBackAsItIsFromCsvAndFromTasks() throws SQLException, IOException {
        List<String> labeled = warehouse.column("select example_id from crowdlab_bi.label_quality");
        assertThat(labeled).contains(FORMULA, "x".repeat(250)).hasSizeGreaterThan(80);
        try (Connection connection = warehouse.database().dataSource().getConnection()) {
            connection
                    .createStatement()
                    .execute("create table public.asked (place int, example_id text, has_gold boolean)");
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy public.asked from stdin (format csv, header match, encoding 'UTF8')",
                            Files.newInputStream(sample("asked.csv")));
        }
        List<String> order = warehouse.column("select example_id from public.asked order by place");
        assertThat(order).containsExactlyInAnyOrderElementsOf(labeled);
        assertThat(warehouse.column("select example_id from public.asked a where has_gold <> exists"
                        + " (select from crowdlab.gold g where g.example_id = a.example_id)"))
                .isEmpty();
        JsonNode tasks = new ObjectMapper().readTree(sample("asked.json").toFile());
        assertThat(tasks)
                .allMatch(task -> task.size() == 1
                        && task.get("data").get("dataset").asText().equals("d"))
                .extracting(task -> task.get("data").get("example_id").asText())
                .containsExactlyElementsOf(order);
    }

    @Test
    void formulasGetAnApostropheIfThatIsAskedFor() throws IOException {
        assertThat(Files.readString(sample("plain.csv"))).contains(",\"" + FORMULA + "\",");
        assertThat(Files.readString(sample("safe.csv", "--spreadsheet-safe")))
                .contains(",\"'" + FORMULA + "\",")
                .doesNotContain(",\"=");
        assertThat(warehouse.call(
                        2, "sample", "--dataset", "d", "--size", "1", "--out", "x.json", "--spreadsheet-safe"))
                .isEqualTo("--spreadsheet-safe is for CSV, and x.json has tasks for Label Studio; leave it out\n");
    }

    @Test
    void anIdOrASeedThatIsNoneIsSaidInOneSentence() {
        for (String dataset : List.of("d' or true --", "x".repeat(100_000), "=1+1", "\n")) {
            Result result = warehouse.program().call("sample", "--dataset", dataset, "--size", "1");
            assertThat(result.exitCode()).as(dataset + result.err()).isEqualTo(2);
            assertThat(result.err().lines()).as(dataset).hasSizeLessThan(4);
        }
        assertThat(warehouse.call(2, "sample", "--dataset", "d", "--size", "0"))
                .isEqualTo("--size is 0; give a number from 1 on\n");
        assertThat(warehouse.call(2, "sample", "--dataset", "d", "--size", "1", "--seed", " "))
                .isEqualTo("--seed is empty; give a text, or leave it out\n");
        for (String seed : List.of("'; drop table x; --", "\0", "é\n", "x".repeat(100_000))) {
            warehouse.call(0, "sample", "--dataset", "d", "--size", "1", "--seed", seed);
        }
    }
}
