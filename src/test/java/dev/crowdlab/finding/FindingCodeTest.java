package dev.crowdlab.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FindingCodeTest {

    private static final Pattern ROW = Pattern.compile("\\| ([A-Z_]+) \\| (.*) \\| (.*) \\|");

    /** The page may add links: a whole reference in parentheses, or a link on some of the words. */
    private static String withoutMarkup(String cell) {
        return cell.replaceAll(" \\(\\[[^]]*]\\([^)]*\\)\\)", "")
                .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .replace("`", "");
    }

    @Test
    void thePageOfChecksHasTheSameCodesAndWordsInTheSameOrder() throws IOException {
        List<String> written = Files.readAllLines(Path.of("src/site/markdown/checks.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> withoutMarkup(row.group(1) + " | " + row.group(2) + " | " + row.group(3)))
                .toList();
        assertThat(written)
                .as("change the table of checks.md together with FindingCode")
                .containsExactlyElementsOf(Arrays.stream(FindingCode.values())
                        .map(code -> code + " | " + code.meaning() + " | " + code.advice())
                        .toList());
    }

    /** One that stands in a class as text could be misspelled, and nobody would notice. */
    @Test
    void noOtherClassSpellsACodeInAText() throws IOException {
        Set<String> codes = Arrays.stream(FindingCode.values())
                .map(code -> "\"" + code + "\"")
                .filter(code -> code.indexOf('_') > 0)
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(codes).as(file.toString()).noneMatch(read(file)::contains);
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void causesComeBeforeTheirConsequences() {
        assertThat(Finding.byImportance(
                        Stream.of(FindingCode.MIN_EXAMPLES, FindingCode.NO_PREDICTIONS, FindingCode.REJECTED_SHARE)
                                .map(code -> Finding.of(code, Finding.Severity.FAIL, "No."))
                                .toList()))
                .extracting(Finding::code)
                .containsExactly("REJECTED_SHARE", "NO_PREDICTIONS", "MIN_EXAMPLES");
    }

    @Test
    void theWorstComesFirst() {
        Finding warning = Finding.of(FindingCode.ROW_COUNTS, Finding.Severity.WARN, "Look.");
        Finding failure = Finding.of(FindingCode.MIN_EXAMPLES, Finding.Severity.FAIL, "No.");
        assertThat(Finding.byImportance(List.of(warning, failure))).containsExactly(failure, warning);
    }
}
