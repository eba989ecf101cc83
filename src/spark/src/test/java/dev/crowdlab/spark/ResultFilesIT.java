package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results as Parquet files against the same in PostgreSQL. */
class ResultFilesIT {

    @TempDir
    private static Path lake;

    private static Nights nights;

    @BeforeAll
    static void load() throws Exception {
        nights = new Nights();
        nights.addDataset("plain", 31, 200, List.of("active-learning: true", "store-posterior: true"));
        nights.addDataset("kept_back", 32, 100, List.of("# min-examples"));
        nights.begin("spark");
        Path settings = nights.settings("spark");
        Files.writeString(
                settings,
                Files.readString(settings)
                        .replaceAll("(kept_back:\\n(?:.*\\n)*?.*)max-rejected-share: 1", "$1min-examples: 1000"));
        nights.execute("spark", """
                update crowdlab.annotation set annotated_at = case when annotator_id = 'a1' then 'infinity' else '-infinity' end
                ::timestamptz where dataset = 'plain' and annotator_id in ('a1', 'a2')""");
    }

    @AfterAll
    static void stop() throws Exception {
        nights.close();
    }

    private static SparkProgram.Result run(String dataset) {
        return SparkProgram.call(
                "local[2]",
                "",
                nights,
                "spark",
                List.of("--dataset", dataset, "--parts", "3", "--to", lake.toString()));
    }

    private static List<String> entries(String dataset) throws Exception {
        try (Stream<Path> entries = Files.list(lake.resolve(dataset))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everyTableIsThereWithItsColumnsAndRows() throws Exception {
        Files.createDirectories(lake.resolve("plain/_run-7/label_quality"));
        Files.createDirectories(lake.resolve("plain/run-8"));
        SparkProgram.Result first = run("plain");
        assertThat(first.exitCode()).as(first.output()).isZero();
        String run = nights.value("spark", "select max(run_id)::text from crowdlab.run where dataset = 'plain'");
        assertThat(entries("plain")).containsExactly("run-" + run);
        Path directory = lake.resolve("plain/run-" + run);
        JsonNode manifest =
                new ObjectMapper().readTree(directory.resolve("manifest.json").toFile());
        assertThat(manifest.get("run_id").asText()).isEqualTo(run);
        assertThat(manifest.get("became_current").asBoolean()).isTrue();
        ParquetTables.assertSame(nights, "spark", "plain", directory);

        assertThat(run("plain").output()).contains("of dataset 'plain': SKIPPED");
        Files.delete(directory.resolve("manifest.json"));
        assertThat(run("plain").output()).contains("of dataset 'plain': PUBLISHED");
        assertThat(entries("plain")).doesNotContain("run-" + run).hasSize(1);
    }

    @Test
    void everyColumnHasTheTypeOfItsTable() throws Exception {
        Map<String, String> types = new TreeMap<>();
        nights.query("spark", """
                select relname || '.' || attname, case typname
                    when 'text' then 'string' when 'jsonb' then 'string' when 'int8' then 'bigint' when 'int4' then 'int' when 'bool' then 'boolean'
                    when 'float8' then 'double' when 'timestamptz' then 'timestamp' when '_float8' then 'array<double>' else typname end
                from pg_attribute a
                join pg_class c on c.oid = attrelid
                join pg_type t on t.oid = atttypid
                where attnum > 0 and relnamespace = 'crowdlab'::regnamespace""", row -> types.put(row.getString(1), row.getString(2)));
        List<ResultTableDefinition> tables = new ArrayList<>(ResultTableDefinitions.PARTITIONED);
        tables.addAll(ResultTableDefinitions.SHARED);
        for (ResultTableDefinition table : tables) {
            for (StructField column : ResultTypes.of(table).fields()) {
                String name = table.name() + "." + column.name();
                assertThat(column.dataType().simpleString()).as(name).isEqualTo(types.get(name));
            }
        }
    }

    @Test
    void aRunThatIsKeptBackLeavesNothing() throws Exception {
        SparkProgram.Result refused = run("kept_back");
        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(3);
        assertThat(entries("kept_back")).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeUsedIsNamedBeforeAnythingIsDone() throws Exception {
        Path file = Files.createFile(lake.resolve("a-file"));
        SparkProgram.Result result = SparkProgram.call(
                "local[1]", "", nights, "spark", List.of("--dataset", "kept_back", "--to", file.toString()));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output().strip())
                .startsWith("--to '" + file + "' cannot be used: ")
                .endsWith("; give a directory that all executors can write to");
    }
}
