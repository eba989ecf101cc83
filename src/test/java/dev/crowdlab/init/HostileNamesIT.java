package dev.crowdlab.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.configuration.ReadBack;
import dev.crowdlab.init.ProposedFile.Login;
import dev.crowdlab.input.LabelStudioTables;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and titles that others have chosen to be more than a name in the file that {@code init} proposes. */
class HostileNamesIT {

    /** All that YAML 1.1, YAML 1.2, Unicode or a terminal takes for the end of a line, and other characters that cannot be seen. */
    private static final List<String> CHARACTERS = List.of(
            "\n",
            "\r",
            "\r\n",
            "\u0085",
            "\u2028",
            "\u2029",
            "\u000B",
            "\f",
            "\u001C",
            "\t",
            "\u001B",
            "\u007F",
            "\u009F",
            "\u00A0",
            "\u202E",
            "\uFEFF",
            "\uFFFE",
            "\uFFFF",
            "\uD83D\uDE00");

    private static final List<String> TEXTS = List.of(
            "a: b",
            "a # b",
            "${spring.datasource.url}",
            "\\${x}",
            "$${x:y}",
            "#{x}",
            "\"",
            "'",
            "\\",
            "\\n",
            "\\\"",
            "\"\nlogging.config: x",
            "--- ",
            "...",
            "- a",
            "? a",
            "*a",
            "&a",
            "!!java.net.URL [x]",
            "%YAML 1.1",
            "{a",
            "[a",
            "|",
            ">",
            "@a",
            "`",
            "null",
            "yes",
            "0x10",
            "1e3",
            "~",
            "<<",
            " a ",
            "-- a",
            "/* a");

    private static final Login LOGIN = new Login(Optional.empty(), Optional.empty(), Optional.of("ETL_PASSWORD"));

    @TempDir
    private Path directory;

    private static List<String> names() {
        return Stream.concat(
                        CHARACTERS.stream()
                                .map(character -> "x" + character + "logging.config: /tmp/x" + character + "#"),
                        TEXTS.stream())
                .toList();
    }

    @Test
    void aTableOfAnyNameIsReadBackAndQueried() throws Exception {
        try (Warehouse warehouse = Warehouse.empty()) {
            for (String name : names()) {
                warehouse.execute("create table " + quoted(name) + " (task_id text, worker text, label text)");
            }
            FoundInput found = TableFinder.find(warehouse.database().dataSource());
            assertThat(found.annotations()).hasSize(names().size());
            try (Connection connection = warehouse.database().dataSource().getConnection()) {
                for (int place = 0; place < names().size(); place++) {
                    ProposedFile file = ProposedFile.of(LOGIN, Optional.empty(), found.preferringAnnotations(place));
                    assertThat(ReadBack.difference(file.text(), file.texts(), file.variables()))
                            .as(file.text())
                            .isEmpty();
                    String query = file.texts().entrySet().stream()
                            .filter(text -> text.getKey().endsWith(".annotations-query"))
                            .map(Map.Entry::getValue)
                            .findFirst()
                            .orElseThrow();
                    try (PreparedStatement statement = connection.prepareStatement(query)) {
                        assertThat(statement.executeQuery().next()).isFalse();
                    }
                }
            }
        }
    }

    @Test
    void theTitleOfAProjectSetsNothing() throws Exception {
        Path fetched = directory.resolve("fetched");
        try (Warehouse warehouse = Warehouse.empty()) {
            LabelStudioTables.fill(warehouse);
            warehouse.execute("alter table public.project alter column title type text");
            List<String> names = names();
            String logging = "\u0085logging.config: " + fetched
                    + "\u2028spring.datasource.url: jdbc:postgresql://elsewhere/x\u2029";
            for (int project = 100; project < 100 + names.size(); project++) {
                String name = names.get(project - 100);
                String configuration = "<View><Text name=\"text\" value=\"$text\"/><Choices name=\"" + xml(name)
                        + "\" toName=\"text\"><Choice value=\"" + xml(name)
                        + "\"/><Choice value=\"x\"/></Choices></View>";
                warehouse.execute("insert into public.project (id, title, label_config) values (" + project + ", "
                        + literal(name + logging) + ", " + literal(configuration) + ")");
            }
            Path file = directory.resolve("application.yml");
            Result result = warehouse.program().call("init", "--out", file.toString());
            assertThat(result.err()).isEmpty();
            assertThat(result.exitCode()).isZero();
            assertThat(Files.readString(file))
                    .matches("[ -~\\n]*")
                    .contains("\n    # Project 100, x\\u000alogging.config");

            Result config = Program.withoutDatabase()
                    .withVariable("ETL_PASSWORD", "pa55")
                    .callInNewProcess(directory, "config");
            assertThat(config.exitCode()).as(config.out()).isZero();
            assertThat(config.out())
                    .contains(warehouse.database().url())
                    .doesNotContain("logging.config ", "jdbc:postgresql://elsewhere");
            assertThat(config.out().lines().filter(line -> line.contains(".from-name ")))
                    .hasSizeGreaterThan(40);
        }
    }

    /** Of characters that no database has. */
    @Test
    void halfACharacterIsWrittenAsItIs() {
        FoundTable table = new FoundTable(
                "\uD800",
                "x\0\uDC00",
                List.of(
                        new FoundColumn("task_id", "text"),
                        new FoundColumn("worker", "text"),
                        new FoundColumn("label", "text")));
        ProposedFile file = ProposedFile.of(LOGIN, Optional.empty(), FoundInput.of(List.of(table), FoundProjects.NONE));
        assertThat(ReadBack.difference(file.text(), file.texts(), file.variables()))
                .isEmpty();
        assertThat(file.text()).contains("from \\\"\\ud800\\\".\\\"x\\u0000\\udc00\\\"");
    }

    /** Attributes as an XML document has them, in which a character that XML forbids is left out. */
    private static String xml(String text) {
        return text.codePoints()
                .filter(code ->
                        code == '\t' || code == '\n' || code == '\r' || (code >= ' ' && code < 0xFFFE) || code > 0xFFFF)
                .collect(
                        StringBuilder::new,
                        (xml, code) -> xml.append("&#").append(code).append(';'),
                        StringBuilder::append)
                .toString();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
