package dev.crowdlab.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.configuration.SettingsTable.Row;
import dev.crowdlab.settings.CheckedMetric;
import dev.crowdlab.settings.KnownSettings;
import dev.crowdlab.settings.Settings;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of settings in configuration.md names each that there is, and no other, with its default. */
class SettingsTableTest {

    @Test
    void itNamesEverySettingAndNoOther() throws IOException {
        Stream<String> names = new KnownSettings(List.of())
                .names().stream()
                        .filter(name -> name.get(0).equals("crowdlab") && !name.contains(KnownSettings.INDEX))
                        .map(name -> String.join(".", name).replace(".*.", ".d."))
                        .map(name -> name.replaceFirst("(\\.acknowledged|\\.projects)\\.\\*\\*", "$1")
                                .replaceFirst("(\\.templates\\.d\\.dataset)\\..*", "$1"))
                        .distinct()
                        .flatMap(name -> name.endsWith("." + KnownSettings.REST)
                                ? Arrays.stream(CheckedMetric.values())
                                        .map(figure -> name.replace(KnownSettings.REST, figure.key()))
                                : Stream.of(name));
        assertThat(SettingsTable.rows().stream().map(Row::nameForDataset))
                .containsExactlyInAnyOrderElementsOf(names.toList());
    }

    @Test
    void itsDefaultsAreThoseThatHold() throws IOException {
        Settings nothing = ConfigurationReader.read(new SettingSources()
                .flag("crowdlab.datasets.d.active-learning", "true")
                .environment());
        for (Row row : SettingsTable.rows()) {
            if (row.hasValue()) {
                String line = row.nameForDataset() + ": " + row.standard();
                SettingSources sources = new SettingSources()
                        .flag("crowdlab.datasets.d.active-learning", "true")
                        .yaml(line);
                assertThat(ConfigurationReader.read(sources.environment()))
                        .as(line)
                        .isEqualTo(nothing);
            }
        }
    }
}
