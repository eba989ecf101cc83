package dev.crowdlab.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {

    private static final List<String> COMMANDS =
            List.of("run", "validate", "datasets", "runs", "show", "verify", "load", "purge", "migrate", "database");

    @ParameterizedTest
    @CsvSource({
        "rnu, run",
        "rn, run",
        "shw, show",
        "shows, show",
        "laod, load",
        "datasset, datasets",
        "databse, database",
        "vaildat, validate",
        "migrat, migrate",
        "run, run"
    })
    void aWordWithFewMistakesIsRecognized(String word, String meant) {
        assertThat(Spelling.nearest(word, COMMANDS)).hasValue(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"completion", "@args.txt", "report", "x", "export", "help", "a-very-long-word-without-sense"})
    void aWordThatIsNothingLikeAnyIsNot(String word) {
        assertThat(Spelling.nearest(word, COMMANDS)).isEmpty();
    }

    @Test
    void nothingIsLikeNothing() {
        assertThat(Spelling.nearest("", List.of())).isEmpty();
    }
}
