package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever reads package job knows all that this program does with Spring Batch's tables. */
class BatchTablesTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/crowdlab");

    /** Such a table where a statement reads or changes it; its bare name may stand in lists of names. */
    private static final Pattern STATEMENT =
            Pattern.compile("crowdlab\\.batch_|\\b(from|join|into|update|using)\\s+batch_", Pattern.CASE_INSENSITIVE);

    @Test
    void statementsOnThemAreInPackageJobAlone() throws IOException {
        List<Path> files = using();
        assertThat(files).isNotEmpty().allMatch(file -> file.startsWith(SOURCES.resolve("job")));
    }

    private static List<Path> using() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> STATEMENT.matcher(read(file)).find())
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
