package dev.crowdlab.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crowdlab.configuration.SettingsTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The file by which editors complete settings, and from which the command config has the defaults, is that of the page. */
class SettingsMetadataTest {

    private static final Path FILE = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

    private static final Pattern CHOICES = Pattern.compile("'[^']*' is not one of ([a-z_, ]+)");

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void itIsThatOfThePageAndTheProgram() throws IOException {
        String expected = expected();
        Path made = Files.writeString(Path.of("target", FILE.getFileName().toString()), expected);
        assertThat(FILE)
                .as("compare it with " + made + ", or copy that over it")
                .hasContent(expected);
    }

    private static String expected() throws IOException {
        ObjectNode file = JSON.createObjectNode();
        ArrayNode properties = file.putArray("properties");
        ArrayNode hints = file.putArray("hints");
        for (Row row : SettingsTable.rows()) {
            String complaint = complaint(row);
            String type = type(row, complaint);
            ObjectNode property = properties.addObject().put("name", row.name()).put("type", type);
            property.put("description", description(row));
            if (row.hasValue()) {
                putDefault(property, row.standard(), type);
            }
            Matcher choices = CHOICES.matcher(complaint);
            if (choices.find()) {
                ArrayNode values = hints.addObject().put("name", row.name()).putArray("values");
                Arrays.stream(choices.group(1).split(", "))
                        .forEach(choice -> values.addObject().put("value", choice));
            }
        }
        return written(file);
    }

    /** What the program says of a value that nothing can be made of. */
    private static String complaint(Row row) {
        List<String> problems = ConfigurationReader.examine(
                        new SettingSources().flag(row.nameForDataset(), "?").environment())
                .problems();
        return String.join("\n", problems);
    }

    private static String type(Row row, String complaint) {
        if (row.name().matches(".*\\.(classes|consensus-methods|events|model-versions|otlp-headers)")) {
            return "java.util.List<java.lang.String>";
        }
        if (row.name().endsWith(".NAME.dataset")) {
            return "dev.crowdlab.settings.RawSettings$RawDataset";
        }
        if (row.name().matches(".*\\.(acknowledged|projects)")) {
            return "java.util.Map<java.lang.String,java.lang.String>";
        }
        if (complaint.contains("neither true nor false")) {
            return "java.lang.Boolean";
        }
        if (row.name().contains(".checks.")) {
            return "java.lang.Object"; // a value, or warn and fail
        }
        if (complaint.contains("is not a whole number")) {
            return "java.lang.Integer";
        }
        return complaint.contains("is not a duration") ? "java.time.Duration" : "java.lang.String";
    }

    private static String description(Row row) {
        String text = row.meaning()
                .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .replace("`", "")
                .replace("\\|", "|");
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + (text.endsWith(".") ? "" : ".");
    }

    private static void putDefault(ObjectNode property, String standard, String type) {
        if (standard.startsWith("[")) {
            ArrayNode elements = property.putArray("defaultValue");
            Arrays.stream(standard.substring(1, standard.length() - 1).split(", "))
                    .forEach(elements::add);
        } else if (type.equals("java.lang.Boolean")) {
            property.put("defaultValue", Boolean.parseBoolean(standard));
        } else if (type.equals("java.lang.Integer")) {
            property.put("defaultValue", Integer.parseInt(standard));
        } else {
            property.put("defaultValue", standard);
        }
    }

    private static String written(ObjectNode file) throws JsonProcessingException {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return JSON.writer(new DefaultPrettyPrinter().withArrayIndenter(lines).withObjectIndenter(lines))
                        .writeValueAsString(file)
                + "\n";
    }
}
