package dev.crowdlab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.crowdlab.cli.command.DatasetListDocument;
import dev.crowdlab.cli.command.RunListDocument;
import dev.crowdlab.cli.command.ValidationDocument;
import dev.crowdlab.cli.command.VerificationDocument;
import dev.crowdlab.run.RunDetails;
import dev.crowdlab.run.RunDetails.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class JsonDocumentTest {

    record Sample(
            long numExamples,
            boolean isCurrent,
            @Nullable Long unknown,
            Instant asOf,
            Duration duration,
            double share,
            Double noShare,
            String text,
            List<String> none,
            Json settings) {}

    private static final Sample SAMPLE = new Sample(
            3,
            true,
            null,
            Instant.parse("2026-03-01T06:00:00Z"),
            Duration.ofMillis(1_260),
            0.25,
            Double.NaN,
            "é\u202e\"\n\u001b",
            List.of(),
            new Json("{\"label\": \"ü\", \"n\": [1]}"));

    @Test
    void namesAreThoseOfColumnsAndWhatIsUnknownIsNull() {
        assertThat(new JsonDocument(SAMPLE).toString().lines().map(String::strip))
                .containsExactly(
                        "{",
                        "\"num_examples\": 3,",
                        "\"is_current\": true,",
                        "\"unknown\": null,",
                        "\"as_of\": \"2026-03-01T06:00:00Z\",",
                        "\"duration\": 1.26,",
                        "\"share\": 0.25,",
                        "\"no_share\": null,",
                        "\"text\": \"\\u00E9\\u202E\\\"\\n\\u001B\",",
                        "\"none\": [ ],",
                        "\"settings\": {",
                        "\"label\": \"\\u00FC\",",
                        "\"n\": [",
                        "1",
                        "]",
                        "}",
                        "}");
    }

    @Test
    void printedAndWrittenAreTheSameLinesInAscii() {
        StringWriter out = new StringWriter();
        new JsonDocument(SAMPLE).print(new VisibleWriter(new PrintWriter(out)));
        assertThat(out.toString()).endsWith("}" + System.lineSeparator()).isASCII();
        assertThat(new String(new JsonDocument(SAMPLE).bytes(), StandardCharsets.US_ASCII))
                .isEqualTo(out.toString());
    }

    /** Keys never vanish unnoticed: scripts rely on them. */
    @ParameterizedTest
    @CsvSource({"runs", "show", "datasets", "validate", "verify", "run --summary"})
    void thePageListsEveryKeyAndNoOther(String command) throws IOException {
        assertThat(documented(command))
                .isEqualTo(keys(document(command), "").collect(TreeSet::new, TreeSet::add, TreeSet::addAll));
    }

    private static Class<? extends Record> document(String command) {
        return switch (command) {
            case "runs" -> RunListDocument.class;
            case "show" -> RunDetails.class;
            case "datasets" -> DatasetListDocument.class;
            case "validate" -> ValidationDocument.class;
            case "verify" -> VerificationDocument.class;
            default -> SummaryDocument.class;
        };
    }

    /** The keys in the first column of the table under the command's heading. */
    public static TreeSet<String> documented(String command) throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/commands.md"));
        String section = page.substring(page.indexOf("\n### " + command + "\n") + 1);
        TreeSet<String> keys = new TreeSet<>();
        section.lines()
                .skip(1)
                .takeWhile(line -> !line.startsWith("### "))
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> Pattern.compile("`([^`]+)`")
                        .matcher(line.split("\\|")[1])
                        .results()
                        .forEach(key -> keys.add(key.group(1))));
        return keys;
    }

    private static Stream<String> keys(Class<?> document, String prefix) {
        return Arrays.stream(document.getRecordComponents())
                .flatMap(component -> component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                        ? keys(component.getType(), prefix)
                        : keys(component, prefix + snakeCase(component.getName())));
    }

    private static Stream<String> keys(RecordComponent component, String key) {
        Type type = component.getGenericType();
        boolean isList = type instanceof ParameterizedType;
        Class<?> element =
                isList ? (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[0] : component.getType();
        String name = isList ? key + "[]" : key;
        boolean isObject = element.isRecord() && element != Json.class;
        return isObject ? Stream.concat(Stream.of(name), keys(element, name + ".")) : Stream.of(name);
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
