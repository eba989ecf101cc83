package dev.crowdlab.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.input.CsvLoad.Loaded;
import dev.crowdlab.input.CsvLoad.Wanted;
import dev.crowdlab.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

class CsvLoadIT {

    private static final String ANNOTATIONS =
            "select example_id, annotator_id, label, annotated_at from crowdlab.annotation where dataset = 'd'";
    private static final String PREDICTIONS =
            "select model, example_id, label, probability from crowdlab.prediction where dataset = 'd'";

    private static TestDatabase database;

    @TempDir
    private Path directory;

    @BeforeAll
    static void createTables() {
        database = TestDatabase.create();
        Flyway.configure()
                .dataSource(database.dataSource())
                .defaultSchema("crowdlab")
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate crowdlab.annotation, crowdlab.prediction, crowdlab.gold");
        }
    }

    @Test
    void theHeaderNamesTheColumnsInAnyOrder() throws Exception {
        assertThat(loadAnnotations(
                        "annotated_at,label,example_id,annotator_id\n2026-01-05T08:00:00Z,cat,e1,a1\n,dog,e2,a2\n"))
                .isEqualTo(2);
        assertThat(rows(ANNOTATIONS)).containsExactly("e1|a1|cat|2026-01-05 08:00:00+00", "e2|a2|dog|<null>");
        assertThat(loadPredictions("probability,label,model,example_id\n0.25,cat,m1,e1\n"))
                .isEqualTo(1);
        assertThat(rows(PREDICTIONS)).containsExactly("m1|e1|cat|0.25");
    }

    @Test
    void optionalColumnsMayBeMissing() throws Exception {
        loadAnnotations("\"example_id\",annotator_id,\"label\"\ne1,a1,cat\n");
        assertThat(rows(ANNOTATIONS)).containsExactly("e1|a1|cat|<null>");
        loadPredictions("example_id,label,probability\ne1,cat,1\n");
        assertThat(rows(PREDICTIONS)).containsExactly("default|e1|cat|1");
    }

    @Test
    void anEmptyModelIsTheDefaultModel() throws Exception {
        loadPredictions("model,example_id,label,probability\n,e1,cat,1\n\"\",e2,cat,1\nm,e3,cat,1\n");
        assertThat(rows(PREDICTIONS)).containsExactly("default|e1|cat|1", "default|e2|cat|1", "m|e3|cat|1");
    }

    @Test
    void anUnquotedEmptyFieldIsNullAndAQuotedOneAnEmptyText() throws Exception {
        loadAnnotations("example_id,annotator_id,label,annotated_at\n,\"\",,\"\"\n");
        assertThat(rows(ANNOTATIONS)).containsExactly("<null>||<null>|<null>");
        loadPredictions("example_id,label,probability\ne1,,\"\"\n");
        assertThat(rows(PREDICTIONS)).containsExactly("default|e1|<null>|<null>");
    }

    @Test
    void rowsThatARunWillRefuseAreLoaded() throws Exception {
        loadAnnotations("example_id,annotator_id,label\n,a1,cat\ne1,a1,\ne1,a1,cat\ne1,a1,dog\n");
        assertThat(rows(ANNOTATIONS)).hasSize(4);
        loadPredictions("example_id,label,probability\ne1,cat,NaN\ne1,cat,-3\ne1,cat,1e300\n");
        assertThat(rows(PREDICTIONS)).hasSize(3);
    }

    @Test
    void byteOrderMarkCarriageReturnsAndQuotedNewLinesAreRead() throws Exception {
        loadAnnotations(
                "\ufeffexample_id,annotator_id,label\r\ne1,\"a, \"\"one\"\"\",\"cat\r\nor dog\"\r\nélan,a2,猫\r\n");
        assertThat(rows(ANNOTATIONS)).containsExactly("e1|a, \"one\"|cat\r\nor dog|<null>", "élan|a2|猫|<null>");
    }

    @Test
    void aLastLineMayLackItsEnd() throws Exception {
        assertThat(loadAnnotations("example_id,annotator_id,label\ne1,a1,cat")).isEqualTo(1);
    }

    @Test
    void aFileWithoutRowsIsRefusedUnlessItMayBeEmpty() throws Exception {
        keepOneRow();
        for (String csv : List.of("example_id,annotator_id,label", "example_id,annotator_id,label\n")) {
            assertAnnotationsRefused(
                    csv,
                    " has no rows, so loading it would remove those of dataset 'd'; nothing was loaded, give a"
                            + " complete file, or --allow-empty.");
        }
        Path file = file("empty.csv", "example_id,annotator_id,label\n");
        assertThat(new CsvLoad(database.dataSource())
                        .load(new Wanted("d", Map.of(InputTable.ANNOTATION, file), Map.of(), true)))
                .hasEntrySatisfying(InputTable.ANNOTATION, rows -> assertThat(rows.rowCount())
                        .isZero());
        assertThat(rows(ANNOTATIONS)).isEmpty();
    }

    @Test
    void thePlannerKnowsHowMuchWasLoaded() throws Exception {
        loadAnnotations("example_id,annotator_id,label\n" + "e1,a1,cat\n".repeat(12_345));
        loadPredictions("example_id,label,probability\n" + "e1,cat,1\n".repeat(2_345));
        assertThat(rows("select relname, reltuples from pg_class where oid in"
                        + " ('crowdlab.annotation'::regclass, 'crowdlab.prediction'::regclass) order by relname"))
                .containsExactly("annotation|12345", "prediction|2345");
    }

    @Test
    void theStandardInputIsReadToo() throws Exception {
        InputStream former = System.in;
        try {
            System.setIn(new ByteArrayInputStream(compressed("example_id,annotator_id,label\ne1,a1,cat\n")));
            assertThat(load(Map.of(InputTable.ANNOTATION, CsvLoad.STANDARD_INPUT)))
                    .containsEntry(InputTable.ANNOTATION, 1L);
            System.setIn(new ByteArrayInputStream("example_id,label\ne1,cat\n".getBytes(StandardCharsets.US_ASCII)));
            assertThatThrownBy(() -> load(Map.of(InputTable.PREDICTION, CsvLoad.STANDARD_INPUT)))
                    .isInstanceOf(BrokenFileException.class)
                    .hasMessageStartingWith("standard input, line 1: column probability is missing");
        } finally {
            System.setIn(former);
        }
        assertThat(rows(ANNOTATIONS)).containsExactly("e1|a1|cat|<null>");
    }

    @Test
    void compressedFilesAreRead() throws Exception {
        Path file = directory.resolve("annotations.csv.gz");
        Files.write(file, compressed("\ufeffexample_id,annotator_id,label\ne1,a1,cat\n"));
        assertThat(load(Map.of(InputTable.ANNOTATION, file))).containsEntry(InputTable.ANNOTATION, 1L);
        assertThat(rows(ANNOTATIONS)).containsExactly("e1|a1|cat|<null>");
    }

    @Test
    void aFileCompressedButCutOffIsRefused() throws Exception {
        keepOneRow();
        Path file = directory.resolve("annotations.csv.gz");
        byte[] whole = compressed("example_id,annotator_id,label\n" + "e1,a1,cat\n".repeat(100_000));
        Files.write(file, Arrays.copyOf(whole, whole.length - 20));
        assertRefused(InputTable.ANNOTATION, file, file + " cannot be read to its end");
    }

    @Test
    void timesWithoutZoneAreInUtc() throws Exception {
        loadAnnotations("example_id,annotator_id,label,annotated_at\n"
                + "e1,a1,cat,2026-01-05 08:00:00\ne1,a2,cat,2026-01-05 08:00:00+02\ne1,a3,cat,20260105T080000Z\n");
        assertThat(rows(ANNOTATIONS))
                .containsExactly(
                        "e1|a1|cat|2026-01-05 08:00:00+00",
                        "e1|a2|cat|2026-01-05 06:00:00+00",
                        "e1|a3|cat|2026-01-05 08:00:00+00");
    }

    @Test
    void onlyTheDatasetsRowsOfTheTablesGivenAreReplaced() throws Exception {
        keepOneRow();
        load("other", Map.of(InputTable.ANNOTATION, file("o.csv", "example_id,annotator_id,label\ne9,a9,owl\n")));
        loadPredictions("example_id,label,probability\ne1,cat,1\n");
        loadAnnotations("example_id,annotator_id,label\ne2,a2,dog\n");
        assertThat(rows(ANNOTATIONS)).containsExactly("e2|a2|dog|<null>");
        assertThat(rows(PREDICTIONS)).hasSize(1);
        assertThat(rows("select example_id from crowdlab.annotation where dataset = 'other'"))
                .containsExactly("e9");
    }

    @Test
    void bothFilesAreLoadedOrNone() throws Exception {
        keepOneRow();
        loadPredictions("example_id,label,probability\ne1,cat,1\n");
        Path annotations = file("annotations.csv", "example_id,annotator_id,label\ne2,a2,dog\n");
        Path broken = file("predictions.csv", "example_id,label,probability\ne2,dog,0.5\ne2,cat,half\n");
        assertThatThrownBy(() -> load(Map.of(InputTable.ANNOTATION, annotations, InputTable.PREDICTION, broken)))
                .isInstanceOf(BrokenFileException.class)
                .hasMessage(broken
                        + ", line 3, column probability: \"half\" is not a number that can be stored; nothing was"
                        + " loaded, write numbers like 0.7 and load the file again.");
        assertThat(rows(ANNOTATIONS)).containsExactly("kept|a|cat|<null>");
        assertThat(rows(PREDICTIONS)).containsExactly("default|e1|cat|1");
        Path predictions = file("predictions.csv", "example_id,label,probability\ne2,dog,0.5\ne2,cat,0.5\n");
        assertThat(load(Map.of(InputTable.ANNOTATION, annotations, InputTable.PREDICTION, predictions)))
                .isEqualTo(Map.of(InputTable.ANNOTATION, 1L, InputTable.PREDICTION, 2L));
    }

    @Test
    void aBadTimeIsNamedWithItsLine() throws Exception {
        keepOneRow();
        String header = "example_id,annotator_id,label,annotated_at\n";
        assertAnnotationsRefused(
                header + "e1,a1,\"two\nlines\",2026-01-05\ne2,a2,cat,soon\n",
                ", line 4, column annotated_at: \"soon\" does not begin with a year of four digits;");
        assertAnnotationsRefused(
                header + "e2,a2,cat,2026-02-30\n",
                ", line 2, column annotated_at: \"2026-02-30\" is not a valid time; nothing was loaded, write times like"
                        + " 2025-12-31T10:00:00Z and load the file again.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "31.12.2025",
                "12/31/2025 10:00",
                "05/06/2026",
                "05.06.25",
                "01-02-03",
                "260105",
                "now",
                "yesterday",
                "1767221015",
                "1767221015000"
            })
    void aTimeThatCouldBeMisreadIsRefused(String time) throws Exception {
        keepOneRow();
        String sentence = ", line 4, column annotated_at: \"" + time + "\" does not begin with a year of four digits;"
                + " nothing was loaded, write times like 2025-12-31T10:00:00Z and load the file again.";
        assertAnnotationsRefused(
                "annotated_at,example_id,annotator_id,label\n,e1,a1,\"two\n\"\"lines\"\"\"\n" + time + ",e2,a2,cat\n",
                sentence);
        assertAnnotationsRefused(
                "example_id;annotator_id;label;annotated_at\r\ne1;a1;cat;\r\ne2;\"a;2\";cat;20260105\r\ne3;a3;cat;\" "
                        + time + "\"",
                sentence.replace("\"" + time, "\" " + time));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0,7    | has a decimal comma               | write 0.7 with a decimal point
            ,25    | has a decimal comma               | write 0.25 with a decimal point
            70%    | is not a number that can be stored | write numbers like 0.7
            1.0,5  | is not a number that can be stored | write numbers like 0.7
            """)
    void aNumberThatIsWrittenOtherwiseIsRefusedWithWhatToWrite(String value, String problem, String advice)
            throws Exception {
        keepOneRow();
        for (String csv : List.of(
                "example_id;label;probability\ne1;cat;0.5\ne1;dog;" + value + "\n",
                "example_id,label,probability\ne1,cat,0.5\ne1,dog,\"" + value + "\"\n")) {
            Path file = file("p.csv", csv);
            assertRefused(
                    InputTable.PREDICTION,
                    file,
                    file + ", line 3, column probability: \"" + value + "\" " + problem + "; nothing was loaded, "
                            + advice + " and load the file again.");
        }
    }

    @Test
    void aDecimalCommaThatMakesTwoFieldsIsExplained() throws Exception {
        keepOneRow();
        Path file = file("p.csv", "example_id,label,probability\ne1,cat,0,5\n");
        assertRefused(
                InputTable.PREDICTION,
                file,
                file
                        + ", line 2: extra data after last expected column in \"e1,cat,0,5\"; nothing was loaded, write numbers"
                        + " with a decimal point, like 0.7, and load the file again.");
    }

    @Test
    void aBadNumberIsNamedWithItsLine() throws Exception {
        keepOneRow();
        Path file = file("p.csv", "example_id,label,probability\ne1,cat,1e999\n");
        assertRefused(
                InputTable.PREDICTION,
                file,
                file + ", line 2, column probability: \"1e999\" is not a number that can be stored;");
    }

    @Test
    void aRowWithTooFewOrTooManyFieldsIsNamed() throws Exception {
        keepOneRow();
        String header = "example_id,annotator_id,label\r\n";
        assertAnnotationsRefused(
                header + "e1,a1,cat\r\ne2,a2\r\n", ", line 3: missing data for column \"label\" in \"e2,a2\";");
        assertAnnotationsRefused(
                header + "e1,a1,cat\r\ne2,a2,cat,dog\r\n",
                ", line 3: extra data after last expected column in \"e2,a2,cat,dog\";");
        assertAnnotationsRefused(header + "e1,a1,cat\r\n\r\ne2,a2,cat\r\n", ", line 3: missing data for column");
        assertAnnotationsRefused(
                "example_id,annotator_id,label\ne1,a1,\"cat\ne2,a2,cat\n",
                "unterminated CSV quoted field in \"e1,a1,\"cat e2,a2,cat");
        assertAnnotationsRefused(
                "example_id,annotator_id,label\ne1,a1,cat\r\ne2,a2,dog\n", ", line 2: unquoted carriage return");
    }

    @Test
    void aLineThatPostgresTakesForTheEndOfTheDataIsRefused() throws Exception {
        keepOneRow();
        assertAnnotationsRefused(
                "example_id,annotator_id,label\ne1,a1,cat\n\\.\ne2,a2,cat\n", ", line 3: \"\\.\" is not a row;");
        assertAnnotationsRefused(
                "example_id,annotator_id,label\r\ne1,a1,cat\r\n\\.", ", line 3: \"\\.\" is not a row;");
        loadAnnotations("example_id,annotator_id,label\n\\.,\\..,\\a\n");
        assertThat(rows(ANNOTATIONS)).containsExactly("\\.|\\..|\\a|<null>");
    }

    @Test
    void bytesThatAreNotUtf8AreNamedWithTheirLine() throws Exception {
        keepOneRow();
        assertAnnotationsRefused(
                "example_id,annotator_id,label\ne1,a1,cat\ne2,\0,cat\n",
                ", line 3: invalid byte sequence for encoding \"UTF8\": 0x00");
        Path file = directory.resolve("latin.csv");
        Files.write(file, "example_id,annotator_id,label\ne1,a1,cat\né,a2,cat\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(
                InputTable.ANNOTATION, file, file + ", line 3: invalid byte sequence for encoding \"UTF8\": 0xe9");
        assertRefused(
                InputTable.ANNOTATION,
                file,
                file + "; nothing was loaded, save the file as CSV in UTF-8 and load it again.");
        Files.write(file, "example_id,annotator_id,label\ne1,a1,cat\n".getBytes(StandardCharsets.UTF_16));
        assertRefused(InputTable.ANNOTATION, file, file + " is in UTF-16; save it as CSV in UTF-8.");
    }

    @Test
    void missingAndRepeatedColumnsAreNamed() throws Exception {
        keepOneRow();
        assertAnnotationsRefused(
                "example_id,worker,label,Label\ne1,a1,cat,cat\n",
                ", line 1: column label is repeated, column annotator_id is missing; the file has example_id, worker,"
                        + " label, Label. Name the columns example_id, annotator_id, label and, optionally, annotated_at, annotator_kind,"
                        + " family, in any order, or say what they are called, as in --columns example_id=id.");
        assertAnnotationsRefused("", ", line 1: column example_id is missing, column annotator_id is missing,");
        assertAnnotationsRefused("x".repeat(20_000), " has no line of column names within its first 10000 bytes;");
        assertAnnotationsRefused(
                "example_id,annotator_id,label" + ",more".repeat(1_498) + "\n", ", line 1: 1501 columns are too many;");
    }

    @Test
    void caseDoesNotCountAndOtherColumnsAreIgnoredAndNamed() throws Exception {
        Path file =
                file("a.csv", "Batch, EXAMPLE_ID ,Annotator_Id,LABEL,\"batch, old\"\n7,e1,a1,cat,\"x, \"\"y\"\"\"\n");
        Loaded loaded = new CsvLoad(database.dataSource())
                .load(new Wanted("d", Map.of(InputTable.ANNOTATION, file), Map.of(), false))
                .get(InputTable.ANNOTATION);
        assertThat(loaded).isEqualTo(new Loaded(1, 0, List.of("Batch", "batch, old")));
        assertThat(rows(ANNOTATIONS)).containsExactly("e1|a1|cat|<null>");
    }

    @Test
    void columnsMayHaveOtherNames() throws Exception {
        Path annotations = file("a.csv", "task,worker,answer,example_id,when\ne1,a1,cat,17,2026-01-05\n");
        Path predictions = file("p.csv", "task,label,probability\ne1,cat,0.5\n");
        Map<InputTable, Path> files = Map.of(InputTable.ANNOTATION, annotations, InputTable.PREDICTION, predictions);
        Map<String, String> mapping = Map.of("example_id", "Task", "annotator_id", "worker", "label", "answer");
        Map<InputTable, Loaded> loaded =
                new CsvLoad(database.dataSource()).load(new Wanted("d", files, mapping, false));
        assertThat(loaded.get(InputTable.ANNOTATION).ignored()).containsExactly("example_id", "when");
        assertThat(rows(ANNOTATIONS)).containsExactly("e1|a1|cat|<null>");
        assertThat(rows(PREDICTIONS)).containsExactly("default|e1|cat|0.5");
        assertThatThrownBy(() -> new CsvLoad(database.dataSource())
                        .load(new Wanted("d", files, Map.of("example_id", "task", "annotated_at", "wen"), false)))
                .isInstanceOf(BrokenFileException.class)
                .hasMessageContaining("annotator_id is missing");
        assertThatThrownBy(() -> new CsvLoad(database.dataSource())
                        .load(new Wanted(
                                "d",
                                Map.of(InputTable.PREDICTION, predictions),
                                Map.of("example_id", "task", "model", "version"),
                                false)))
                .isInstanceOf(BrokenFileException.class)
                .hasMessage("--columns model=version: no file that has a column model calls it so; the files have task,"
                        + " label, probability.");
        assertThat(rows(ANNOTATIONS)).hasSize(1);
    }

    @Test
    void semicolonsAndTabsAreSeenInTheHeader() throws Exception {
        loadAnnotations("\ufeffexample_id;annotator_id;label\r\ne1;\"a;1\";cat, or dog\r\n");
        assertThat(rows(ANNOTATIONS)).containsExactly("e1|a;1|cat, or dog|<null>");
        loadAnnotations("example_id\tannotator_id\tlabel\tannotated_at\ne1\ta1\tcat;dog\t\"\"\n");
        assertThat(rows(ANNOTATIONS)).containsExactly("e1|a1|cat;dog|<null>");
    }

    @Test
    void goldIsLoaded() throws Exception {
        assertThat(load(Map.of(InputTable.GOLD, file("g.csv", "label,example_id\ncat,e1\n,e2\n"))))
                .isEqualTo(Map.of(InputTable.GOLD, 2L));
        assertThat(rows("select dataset, example_id, label from crowdlab.gold"))
                .containsExactly("d|e1|cat", "d|e2|<null>");
    }

    @Test
    void aMissingFileAndADirectoryAreNamed() throws Exception {
        keepOneRow();
        Path missing = directory.resolve("missing.csv");
        assertRefused(InputTable.ANNOTATION, missing, missing + " does not exist;");
        assertRefused(InputTable.ANNOTATION, directory, directory + " is a directory;");
    }

    @Test
    void twoLoadsAtOnceLeaveTheRowsOfOne() throws Exception {
        Path file = file("a.csv", "example_id,annotator_id,label\n" + "e1,a1,cat\n".repeat(20_000));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Map<InputTable, Long>>> loads = new ArrayList<>();
            for (int load = 0; load < 12; load++) {
                loads.add(threads.submit(() -> load(Map.of(InputTable.ANNOTATION, file))));
            }
            for (Future<Map<InputTable, Long>> load : loads) {
                assertThat(load.get()).containsEntry(InputTable.ANNOTATION, 20_000L);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(rows("select count(*) from crowdlab.annotation where dataset = 'd'"))
                .containsExactly("20000");
    }

    @Test
    void aDatabaseWithoutTablesIsNotBlamedOnTheFile() throws Exception {
        Path file = file("a.csv", "example_id,annotator_id,label\ne1,a1,cat\n");
        try (TestDatabase empty = TestDatabase.create()) {
            assertThatThrownBy(() -> new CsvLoad(empty.dataSource())
                            .load(new Wanted("d", Map.of(InputTable.ANNOTATION, file), Map.of(), false)))
                    .isInstanceOf(DataAccessException.class)
                    .rootCause()
                    .hasMessageContaining("crowdlab.annotation");
        }
    }

    private void assertAnnotationsRefused(String csv, String message) throws Exception {
        Path file = file("annotations.csv", csv);
        assertRefused(InputTable.ANNOTATION, file, file + message);
    }

    /** The message names the file first, and the row that was there before stays. */
    private void assertRefused(InputTable table, Path file, String message) throws Exception {
        assertThatThrownBy(() -> load(Map.of(table, file)))
                .isInstanceOf(BrokenFileException.class)
                .message()
                .startsWith(file.toString())
                .contains(message.substring(file.toString().length()))
                .doesNotContain("\n");
        assertThat(rows(ANNOTATIONS)).containsExactly("kept|a|cat|<null>");
    }

    private void keepOneRow() throws Exception {
        loadAnnotations("example_id,annotator_id,label\nkept,a,cat\n");
    }

    private long loadAnnotations(String csv) throws Exception {
        return load(Map.of(InputTable.ANNOTATION, file("annotations.csv", csv))).get(InputTable.ANNOTATION);
    }

    private long loadPredictions(String csv) throws Exception {
        return load(Map.of(InputTable.PREDICTION, file("predictions.csv", csv))).get(InputTable.PREDICTION);
    }

    private static Map<InputTable, Long> load(Map<InputTable, Path> files) {
        return load("d", files);
    }

    /** The number of rows that were loaded into each table. */
    private static Map<InputTable, Long> load(String dataset, Map<InputTable, Path> files) {
        return new CsvLoad(database.dataSource())
                .load(new Wanted(dataset, files, Map.of(), false)).entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, loaded -> loaded.getValue().rowCount()));
    }

    private Path file(String name, String csv) throws IOException {
        return Files.writeString(directory.resolve(name), csv);
    }

    private static byte[] compressed(String csv) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(csv.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static List<String> rows(String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set timezone = 'UTC'");
            try (ResultSet result = statement.executeQuery(query)) {
                while (result.next()) {
                    List<String> fields = new ArrayList<>();
                    for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                        String field = result.getString(column);
                        fields.add(field == null ? "<null>" : field);
                    }
                    rows.add(String.join("|", fields));
                }
            }
        }
        return rows;
    }
}
