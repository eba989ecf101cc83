package dev.crowdlab.results;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.results.copy.ResultColumn;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A summary table stands in its migration and in one definition. */
class SummaryTablesTest {

    private static final Path MAIN = Path.of("src/main/java/dev/crowdlab");
    private static final Path SPARK = Path.of("src/spark/src/main/java");
    private static final Path RIGHTS = Path.of("db/migration/afterMigrate__rights.sql");

    /** What has reason to name many tables: readers of results by SQL, and the sentence on crowdlab.retention.history. */
    private static final List<Path> READERS =
            List.of(MAIN.resolve("report"), MAIN.resolve("run"), MAIN.resolve("settings/ProgramSetting.java"));

    private static final int FEW = 3;

    private static final Set<String> NAMES =
            SummaryTables.ALL.stream().map(table -> table.definition().name()).collect(toSet());

    @Test
    void everyTableIsThereOnce() {
        assertThat(NAMES).hasSize(SummaryTables.ALL.size()).hasSizeGreaterThanOrEqualTo(15);
    }

    @Test
    void noRunWritesAColumnThatTheTableHasNot() {
        for (SummaryTable<?> table : SummaryTables.ALL) {
            List<ResultColumn> all =
                    table.definition(EnumSet.allOf(RunFeature.class)).columns();
            assertThat(all).isEqualTo(table.definition().columns());
            assertThat(table.definition(Set.of()).columns())
                    .as(table.definition().name())
                    .isSubsetOf(all)
                    .hasSizeGreaterThan(table.definition().key().size());
        }
    }

    @Test
    void theKeyComesFirst() {
        assertThat(SummaryTables.ALL).allSatisfy(table -> {
            ResultTableDefinition definition = table.definition();
            assertThat(definition.columnNames()).startsWith(definition.key().toArray(String[]::new));
            // one row for the panel of a run
            assertThat(definition.key()).hasSizeGreaterThan(definition.name().equals("run_panel") ? 0 : 1);
        });
    }

    @Test
    void oneFileDefinesATable() throws IOException {
        List<Path> files = files(MAIN.resolve("results"), MAIN.resolve("job"), MAIN.resolve("retention"), SPARK);
        for (String name : NAMES) {
            assertThat(files.stream().filter(file -> code(file).contains('"' + name + '"')))
                    .as("files with the name " + name)
                    .hasSize(1)
                    .allMatch(file -> file.startsWith(MAIN.resolve("results")));
        }
    }

    @Test
    void nothingElseListsTheTables() throws IOException {
        for (Path file : files(MAIN, SPARK)) {
            boolean mayName = READERS.stream().anyMatch(file::startsWith) || definesTables(file);
            assertThat(mayName ? Set.of() : named(file)).as(file.toString()).hasSizeLessThanOrEqualTo(FEW);
        }
        assertThat(named(RIGHTS)).isEmpty();
    }

    private static boolean definesTables(Path file) {
        return code(file).contains("SummaryColumns.of(");
    }

    private static Set<String> named(Path file) {
        String code = code(file);
        return NAMES.stream()
                .filter(name ->
                        Pattern.compile("\\b" + name + "\\b").matcher(code).find())
                .collect(toSet());
    }

    private static List<Path> files(Path... directories) throws IOException {
        List<List<Path>> found = new ArrayList<>();
        for (Path directory : directories) {
            try (Stream<Path> walked = Files.walk(directory)) {
                found.add(
                        walked.filter(file -> file.toString().endsWith(".java")).toList());
            }
        }
        return found.stream().flatMap(Collection::stream).toList();
    }

    /** The file without its comments. */
    private static String code(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.strip().matches("(?:\\*|//|/\\*|--).*"))
                    .collect(joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
