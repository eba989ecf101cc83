package dev.crowdlab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a terminal, and where there is none. */
@Tag("tools")
class ProgressBarIT {

    private static final String ESCAPE = "\u001B";

    @BeforeAll
    static void prepareProcesses() {
        Program.prepareProcesses();
    }

    @Test
    void aTerminalShowsABarWhichIsGoneAtTheEndAndFilesShowNone(@TempDir Path directory) throws Exception {
        try (Warehouse warehouse = Warehouse.with()) {
            warehouse.execute("create table vote as select 'e' || i % 5 as example_id, 'w' || i % 3 as annotator_id,"
                    + " case i % 2 when 0 then 'good' else 'bad' end as label from generate_series(1, 15) i");
            Program program = warehouse
                    .program()
                    .with(
                            "crowdlab.datasets.d.annotations-query",
                            "select example_id, annotator_id, label from vote cross join pg_sleep(2)")
                    .withVariable("TERM", "xterm")
                    .withVariable("NO_COLOR", "1");
            Program.Result first = program.callOnTerminal(directory, "run");
            assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
            assertThat(bars(first)).isNotEmpty().allMatch(line -> line.matches("d: readAnnotations 0 rows, 0:0\\d.*"));
            assertEndsWithoutBar(first);
            Program.Result second = program.callOnTerminal(directory, "run", "--force");
            assertThat(bars(second))
                    .first(STRING)
                    .startsWith("d: readAnnotations [>")
                    .contains("] 0 %, 0 of about 15");
            assertThat(bars(second)).allSatisfy(line -> assertThat(line)
                    .matches("d: readAnnotations \\[=*>? *] (0|100) %, (0|15) of about 15 rows, 0:0\\d, \\d+ rows/s")
                    .hasSizeLessThan(80));
            assertEndsWithoutBar(second);
            Program.Result dumb = program.withVariable("TERM", "dumb").callOnTerminal(directory, "run", "--force");
            assertThat(dumb.out()).contains("published").doesNotContain(ESCAPE);
            assertThat(dumb.err()).doesNotContain("readAnnotations").doesNotContain(ESCAPE);
            Program.Result filed = program.withVariable("TERM", "xterm").callInNewProcess(directory, "run", "--force");
            assertThat(filed.out())
                    .contains("published")
                    .doesNotContain("readAnnotations")
                    .doesNotContain(ESCAPE);
        }
    }

    /** What was drawn of reading, without the escape sequences. */
    private static List<String> bars(Program.Result result) {
        return Arrays.stream(result.out().split("\r"))
                .filter(text -> text.startsWith(ESCAPE + "[?7l"))
                .map(text -> text.replaceAll(ESCAPE + "\\[[?0-9]*[a-zA-Z]", ""))
                .filter(line -> line.contains("readAnnotations"))
                .toList();
    }

    private static void assertEndsWithoutBar(Program.Result result) {
        assertThat(result.err()).isEmpty();
        String rest = result.out().substring(result.out().lastIndexOf("\r" + ESCAPE + "[K"));
        assertThat(rest).contains("published").doesNotContain("readAnnotations");
    }
}
