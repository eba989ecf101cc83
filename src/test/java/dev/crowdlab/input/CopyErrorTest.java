package dev.crowdlab.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Servers answer in the language of their lc_messages; the contexts below are in the manner of PostgreSQL's translations. */
class CopyErrorTest {

    @Test
    void lineAndColumnAreFoundInEnglish() {
        assertThat(translate("22P02", "invalid input: \"x\"", "COPY t, line 3, column probability: \"x\""))
                .isEqualTo("f.csv, line 3, column probability: \"x\" is not a number that can be stored");
    }

    @Test
    void lineAndColumnAreFoundInGerman() {
        assertThat(translate("22P02", "ungültige Eingabe: »x«", "COPY t, Zeile 3, Spalte probability: »x«"))
                .isEqualTo("f.csv, line 3, column probability: \"x\" is not a number that can be stored");
    }

    @Test
    void lineAndColumnAreFoundInFrench() {
        assertThat(translate("22P04", "données manquantes", "COPY t, ligne 12\u00a0: «\u00a0e1,a1\u00a0»"))
                .isEqualTo("f.csv, line 12: données manquantes in «\u00a0e1,a1\u00a0»");
    }

    @Test
    void whatCannotBeUnderstoodIsGivenAsItIs() {
        assertThat(translate("22P02", "x は不正", "tのCOPY 行 3")).isEqualTo("f.csv: x は不正 (tのCOPY 行 3)");
    }

    @Test
    void errorsThatAreNotTheFilesAreNotItsFault() {
        PSQLException full = error("53100", "could not extend file: No space left on device", "COPY t, line 3");
        assertThat(CopyError.translate(Path.of("f.csv"), full)).isEmpty();
    }

    private static String translate(String state, String message, String where) {
        Optional<BrokenFileException> broken = CopyError.translate(Path.of("f.csv"), error(state, message, where));
        return broken.orElseThrow().getMessage().replaceFirst("; nothing was loaded, .*", "");
    }

    private static PSQLException error(String state, String message, String where) {
        return new PSQLException(new ServerErrorMessage("SERROR\0C" + state + "\0M" + message + "\0W" + where + "\0"));
    }
}
