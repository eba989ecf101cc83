package dev.crowdlab.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.cli.terminal.TextTable;
import dev.crowdlab.cli.terminal.VisibleWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class VisibleTextTest {

    @Test
    void whatMovesTheCursorOrTurnsTheLineIsShownAsAnEscape() {
        assertThat(VisibleText.line("a\u001b[31mb\rc\nd\te\u0000\u007f\u009b\u202e\u2066\u200f\u061c"))
                .isEqualTo("a\\u001b[31mb\\u000dc\\u000ad\\u0009e\\u0000\\u007f\\u009b\\u202e\\u2066\\u200f\\u061c");
        assertThat(VisibleText.line("plain, é, \uD83D\uDE00, שלום, e\u0301, \\u001b, $1, %s"))
                .isEqualTo("plain, é, \uD83D\uDE00, שלום, e\u0301, \\u001b, $1, %s");
    }

    @Test
    void linesKeepTheirEnds() {
        String end = System.lineSeparator();
        assertThat(VisibleText.lines("error\u001b[2J" + end + "\tat here" + end))
                .isEqualTo("error\\u001b[2J" + end + "\tat here" + end);
    }

    @Test
    void onlyPrintLetsSequencesPass() {
        StringWriter out = new StringWriter();
        VisibleWriter writer = new VisibleWriter(out);
        writer.println("label 'x\ny\u202e'");
        writer.println((Object) "\u001b[2J");
        writer.print("\r\u001b[K");
        writer.println();
        assertThat(out)
                .hasToString("label 'x\\u000ay\\u202e'" + System.lineSeparator() + "\\u001b[2J" + System.lineSeparator()
                        + "\r\u001b[K" + System.lineSeparator());
    }

    @Test
    void columnsAreAsWideAsWhatIsSeen() {
        TextTable table = new TextTable("name", "n");
        table.add("\u001b", "1");
        assertThat(table.lines()).containsExactly("name    n", "\\u001b  1");
    }
}
