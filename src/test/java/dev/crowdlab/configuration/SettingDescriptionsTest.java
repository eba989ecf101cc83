package dev.crowdlab.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crowdlab.settings.DatasetSetting;
import dev.crowdlab.settings.ProgramSetting;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.settings.WrittenSettings;
import dev.crowdlab.settings.section.Setting;
import dev.crowdlab.settings.section.Setting.Trait;
import dev.crowdlab.settings.section.SettingType.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of settings in configuration.md, and the file by which editors complete them, are those of the constants.
 * Both are written anew by {@code ./mvnw test -Dtest=SettingDescriptionsTest; cp -r target/settings/. .}
 */
class SettingDescriptionsTest {

    private static final Path PAGE = Path.of("src/site/markdown/configuration.md");
    private static final Path EDITORS = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

    /** The rows of the table in the page, behind those of the database. */
    private static final Pattern TABLE = Pattern.compile("(?m)^(\\| `(crowdlab|….).*\\|\\n)+");

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Described(String name, Setting<?> setting) {

        String standard() {
            return setting.otherwise().isEmpty() ? setting.standard() : "";
        }
    }

    private static List<Described> all() {
        return Stream.of(
                        DatasetSetting.described().stream()
                                .map(setting -> new Described(WrittenSettings.nameOf("NAME", setting), setting)),
                        Stream.of(WrittenSettings.PROJECTS, WrittenSettings.DATASET)
                                .map(setting ->
                                        new Described(WrittenSettings.TEMPLATES + ".NAME." + setting.name(), setting)),
                        ProgramSetting.all().stream()
                                .map(setting -> new Described(WrittenSettings.nameOf(setting), setting)))
                .flatMap(described -> described)
                .toList();
    }

    @Test
    void thePageHasTheirTable() throws IOException {
        String page = Files.readString(PAGE);
        String rows = all().stream().map(SettingDescriptionsTest::row).collect(Collectors.joining());
        compare(PAGE, TABLE.matcher(page).replaceFirst(Matcher.quoteReplacement(rows)));
    }

    @Test
    void editorsKnowThem() throws IOException {
        ObjectNode file = JSON.createObjectNode();
        ArrayNode properties = file.putArray("properties");
        ArrayNode hints = file.putArray("hints");
        for (Described described : all()) {
            Setting<?> setting = described.setting();
            ObjectNode property = properties
                    .addObject()
                    .put("name", described.name())
                    .put("type", setting.type().editor())
                    .put("description", plain(setting.meaning()));
            putDefault(property, described);
            if (!setting.type().choices().isEmpty()) {
                ArrayNode values =
                        hints.addObject().put("name", described.name()).putArray("values");
                setting.type().choices().forEach(choice -> values.addObject().put("value", choice));
            }
        }
        compare(EDITORS, written(file));
    }

    @Test
    void theirDefaultsAreWhatHoldsWithoutThem() {
        for (Described described : all()) {
            Setting<?> setting = described.setting();
            if (!setting.standard().isEmpty()) {
                String line = described.name().replace("NAME", "d") + ": " + value(setting);
                String dataset = setting.is(Trait.OF_SOURCE)
                        ? "{source: label-studio, project: 1, from-name: mood, classes: [a, b]}"
                        : "{active-learning: true}";
                assertThat(read(dataset, line)).as(line).isEqualTo(read(dataset, "{}"));
            }
        }
    }

    private static Settings read(String dataset, String line) {
        return ConfigurationReader.read(new SettingSources()
                .yaml("crowdlab.datasets.d: " + dataset + "\n---\n" + line + "\n")
                .flag("crowdlab.openlineage.url", "http://marquez:5000")
                .flag("crowdlab.webhook.url", "http://hooks:8080")
                .environment());
    }

    private static void compare(Path file, String expected) throws IOException {
        Path made = Path.of("target", "settings").resolve(file);
        Files.createDirectories(made.getParent());
        Files.writeString(made, expected);
        assertThat(file).as("write it anew by cp -r target/settings/. .").hasContent(expected);
    }

    private static String row(Described described) {
        Setting<?> setting = described.setting();
        String dataset = WrittenSettings.DATASETS + ".NAME.";
        boolean isFirst = setting.equals(DatasetSetting.all().get(0));
        String name = isFirst ? described.name() : described.name().replace(dataset, "….");
        String standard = !setting.otherwise().isEmpty()
                ? setting.otherwise()
                : setting.standard().isEmpty() ? "none" : "`" + value(setting) + "`";
        return "| `" + name + "` | " + standard + " | " + setting.meaning() + " |\n";
    }

    private static String value(Setting<?> setting) {
        return setting.type().shape() == Shape.LIST ? "[" + setting.standard() + "]" : setting.standard();
    }

    /** A sentence without the marks of a page. */
    private static String plain(String meaning) {
        String text = meaning.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").replace("`", "");
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + (text.endsWith(".") ? "" : ".");
    }

    private static void putDefault(ObjectNode property, Described described) {
        String standard = described.standard();
        if (standard.isEmpty()) {
            return;
        }
        if (described.setting().type().shape() == Shape.LIST) {
            ArrayNode elements = property.putArray("defaultValue");
            Stream.of(standard.split(", ")).forEach(elements::add);
            return;
        }
        switch (described.setting().type().editor()) {
            case "java.lang.Boolean" -> property.put("defaultValue", Boolean.parseBoolean(standard));
            case "java.lang.Integer" -> property.put("defaultValue", Integer.parseInt(standard));
            default -> property.put("defaultValue", standard);
        }
    }

    private static String written(ObjectNode file) throws JsonProcessingException {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return JSON.writer(new DefaultPrettyPrinter().withArrayIndenter(lines).withObjectIndenter(lines))
                        .writeValueAsString(file)
                + "\n";
    }
}
