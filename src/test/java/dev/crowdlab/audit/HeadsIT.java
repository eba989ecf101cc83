package dev.crowdlab.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was cut off at the end of a chain is found by whoever has kept its newest hash. */
class HeadsIT {

    @TempDir
    private Path directory;

    private Path file;
    private Warehouse warehouse;

    @BeforeEach
    void runTwice() throws SQLException {
        file = directory.resolve("heads");
        warehouse = Warehouse.with("colors", "zebras");
        warehouse.call(0, "run");
        warehouse.call(0, "run", "--dataset", "colors", "--force");
    }

    @AfterEach
    void drop() {
        warehouse.close();
    }

    private String verify(int exitCode, String... options) {
        return warehouse.call(
                exitCode, Stream.concat(Stream.of("verify"), Stream.of(options)).toArray(String[]::new));
    }

    private void lifted(String statement) throws SQLException {
        warehouse.execute("set session_replication_role = replica; " + statement);
    }

    @Test
    void theNewestHashOfEveryChainIsWritten() throws SQLException, IOException {
        verify(0, "--heads", file.toString());
        assertThat(Files.readAllLines(file))
                .isEqualTo(Stream.concat(
                                Stream.of("# verify --heads: dataset, table, run, hash"),
                                warehouse.column("""
                                        select concat_ws(e'\\t', dataset, 'publication_log', run_id, hash) from crowdlab.publication_log
                                        where run_id in (2, 3)
                                        union all
                                        select concat_ws(e'\\t', dataset, 'run', run_id, hash) from crowdlab.run where run_id in (2, 3)
                                        order by 1""").stream())
                        .toList());
        assertThat(verify(0, "--dataset", "zebras", "--against", file.toString(), "--heads", file.toString()))
                .contains("found no difference", "All 2 hashes of dataset 'zebras' in file " + file + " were found.");
        assertThat(Files.readAllLines(file)).hasSize(3).noneMatch(line -> line.startsWith("colors"));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).as("nothing else is left").containsExactly(file);
        }
    }

    @Test
    @Tag("slow")
    void aHashStaysInItsChainWhateverFollows() throws IOException {
        verify(0, "--heads", file.toString());
        List<String> before = Files.readAllLines(file);
        warehouse.call(0, "run", "--force");
        warehouse.call(0, "unpublish", "--dataset", "zebras");
        warehouse.call(0, "forget", "--annotator", "a1");
        assertThat(verify(0, "--against", file.toString(), "--heads", file.toString()))
                .contains("found no difference");
        assertThat(Files.readAllLines(file)).hasSize(6).doesNotContainAnyElementsOf(before.subList(1, 5));
    }

    @Test
    @Tag("slow")
    void aRowCutOffFromTheLogOfTheForgottenIsMissed() throws SQLException {
        warehouse.execute("""
                insert into crowdlab.forget_log (what, pseudonym, rows, digests, forgotten_at, forgotten_by, hash)
                values ('annotator', 'p', 0, '[]', now(), '', '')""");
        verify(0, "--heads", file.toString());
        lifted("delete from crowdlab.forget_log");
        assertThat(verify(0)).contains("found no difference");
        assertThat(verify(3, "--against", file.toString()))
                .containsPattern("table forget_log no longer has the row with hash [0-9a-f]{64}, which is in file");
    }

    @Test
    void runsThatWereCutOffAreMissed() throws SQLException, IOException {
        verify(0, "--heads", file.toString());
        String written = Files.readString(file);
        String run = warehouse.value("select hash from crowdlab.run where run_id = 3");
        String publication = warehouse.value("select hash from crowdlab.publication_log where run_id = 3");
        for (String table : warehouse.partitions()) {
            if (table.endsWith("_r3")) {
                warehouse.execute("drop table " + table);
            }
        }
        for (String table : warehouse.column("""
                select c.relname
                from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attname = 'run_id'
                where c.relnamespace = 'crowdlab'::regnamespace and c.relkind = 'r' and not c.relispartition""")) {
            lifted(
                    table.equals("published_run")
                            ? "update crowdlab.published_run set run_id = 1 where run_id = 3"
                            : "delete from crowdlab." + table + " where run_id = 3");
        }
        assertThat(verify(0)).contains("found no difference");
        assertThat(verify(3, "--against", file.toString(), "--heads", file.toString()))
                .contains(
                        "Dataset 'colors', run 3: table run no longer has the row with hash " + run
                                + ", which is in file " + file + ".",
                        "Dataset 'colors', run 3: table publication_log no longer has the row with hash " + publication,
                        "found 2 differences.",
                        "File " + file + " was left unchanged because of the differences.");
        assertThat(file).hasContent(written);
        verify(0, "--dataset", "zebras", "--against", file.toString());
        lifted("truncate crowdlab.run, crowdlab.publication_log cascade");
        assertThat(verify(3, "--dataset", "zebras", "--against", file.toString()))
                .contains("Dataset 'zebras', run 2: table run no longer has the row");
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(strings = {"", "colors\trun\t1\tabc\n", "#\ncolors\trun\t1\tabc\n", "#\n\n", "#\ncolors run 1 abc\n"})
    void aBrokenFileIsAUsageError(String content) throws IOException {
        Files.writeString(file, content);
        assertThat(verify(2, "--against", file.toString()))
                .contains(file.toString())
                .hasLineCount(1);
        assertThat(file).hasContent(content);
    }

    @Test
    @Tag("slow")
    void aFileThatIsMissingOrCannotBeWrittenIsAUsageError() throws IOException {
        assertThat(verify(2, "--against", file.toString(), "--heads", file.toString()))
                .isEqualToIgnoringNewLines(
                        "There is no file " + file + " to verify against; verify --heads " + file + " writes it");
        assertThat(file).doesNotExist();
        Path elsewhere = directory.resolve("missing/heads");
        assertThat(verify(2, "--heads", elsewhere.toString()))
                .contains(elsewhere.toString())
                .hasLineCount(1);
        assertThat(verify(2, "--against", directory.toString()))
                .contains(directory.toString())
                .hasLineCount(1);
        assertThat(verify(2, "--heads", directory.toString()))
                .contains(directory.toString())
                .hasLineCount(1);
    }
}
