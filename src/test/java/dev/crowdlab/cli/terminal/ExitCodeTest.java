package dev.crowdlab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table of exit codes in commands.md, which is the only one. */
class ExitCodeTest {

    private static final Path SITE = Path.of("src", "site", "markdown");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+(?:, (?:\\d+|none))?) \\| .* \\| .* \\| .* \\|$");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** Of Ctrl-C, which the JVM sets, and of a killed process. */
    private static final Set<Integer> NOT_OURS = Set.of(130, 137);

    @Test
    void theTableHasEveryCodeAndNoOther() throws IOException, IllegalAccessException {
        Set<Integer> expected = new TreeSet<>(NOT_OURS);
        for (Field field : ExitCode.class.getDeclaredFields()) {
            if (field.getType() == int.class && !Modifier.isPrivate(field.getModifiers())) {
                expected.add(field.getInt(null));
            }
        }
        assertThat(codes()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void thePageSaysWhichCodesWarningsMayHave() throws IOException {
        int[] free = IntStream.range(0, 256).filter(ExitCode::isFree).toArray();
        assertThat(page()).contains("ends with N, from %d to %d,".formatted(free[0], free[free.length - 1]));
    }

    private static Iterable<Integer> codes() throws IOException {
        return ROW.matcher(page())
                .results()
                .flatMap(row -> NUMBER.matcher(row.group(1)).results())
                .map(number -> Integer.valueOf(number.group()))
                .toList();
    }

    private static String page() throws IOException {
        return Files.readString(SITE.resolve("commands.md"));
    }
}
