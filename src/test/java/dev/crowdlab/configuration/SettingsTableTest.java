package dev.crowdlab.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.settings.CheckedMetric;
import dev.crowdlab.settings.KnownSettings;
import dev.crowdlab.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of settings in configuration.md names each that there is, and no other, with its default. */
class SettingsTableTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`(?:crowdlab|….).*?`) \\| (.*?) \\| .* \\|$");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    /** Where the default is no value. */
    private static final Pattern WORDS = Pattern.compile("none|processors|built-in table.*|the .*|all .*");

    /** By name, with d for the name of a dataset, what the table has for its default. */
    private static Map<String, String> table() throws IOException {
        Map<String, String> table = new LinkedHashMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("src/site/markdown/configuration.md")));
        while (row.find()) {
            List<String> names = NAME.matcher(row.group(1))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            List<String> defaults = names.size() == 1
                    ? List.of(row.group(2))
                    : List.of(row.group(2).split(", "));
            for (int index = 0; index < names.size(); index++) {
                String standard = defaults.get(Math.min(index, defaults.size() - 1));
                table.put(fullName(names.get(index), names.get(0)), standard.replace("`", ""));
            }
        }
        return table;
    }

    private static String fullName(String name, String first) {
        String whole = name.startsWith(".") ? first.replaceFirst("\\.[^.]+$", "") + name : name;
        return whole.replace("…", "crowdlab.datasets.d").replace("NAME", "d");
    }

    @Test
    void itNamesEverySettingAndNoOther() throws IOException {
        Stream<String> names = new KnownSettings(List.of())
                .names().stream()
                        .filter(name -> name.get(0).equals("crowdlab") && !name.contains(KnownSettings.INDEX))
                        .map(name -> String.join(".", name).replace(".*.", ".d."))
                        .flatMap(name -> name.endsWith("." + KnownSettings.REST)
                                ? Arrays.stream(CheckedMetric.values())
                                        .map(figure -> name.replace(KnownSettings.REST, figure.key()))
                                : Stream.of(name));
        assertThat(table().keySet()).containsExactlyInAnyOrderElementsOf(names.toList());
    }

    @Test
    void itsDefaultsAreThoseThatHold() throws IOException {
        Settings nothing = ConfigurationReader.read(new SettingSources()
                .flag("crowdlab.datasets.d.active-learning", "true")
                .environment());
        table().forEach((name, standard) -> {
            if (!WORDS.matcher(standard).matches()) {
                SettingSources sources = new SettingSources()
                        .flag("crowdlab.datasets.d.active-learning", "true")
                        .yaml(name + ": " + standard);
                assertThat(ConfigurationReader.read(sources.environment()))
                        .as(name + ": " + standard)
                        .isEqualTo(nothing);
            }
        });
    }
}
