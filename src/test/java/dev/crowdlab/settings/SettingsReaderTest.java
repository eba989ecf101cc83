package dev.crowdlab.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crowdlab.settings.section.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings as texts by their full names, as a program without Spring Boot has them; files are in configuration's tests. */
class SettingsReaderTest {

    private final Map<String, String> properties = new LinkedHashMap<>();

    private List<String> problems() {
        return catchThrowableOfType(InvalidSettingsException.class, () -> SettingsReader.read(properties))
                .sentences();
    }

    @Test
    void withoutSettingsTheDefaultsHold() {
        properties.put("spring.datasource.url", "jdbc:postgresql://localhost/labels");
        assertThat(SettingsReader.read(properties))
                .isEqualTo(SettingsReader.examine(
                                new WrittenSettings(Section.empty(), Map.of(), Map.of(), new ArrayList<>()))
                        .settings());
    }

    /** A name or default that differs would make every dataset run once more. */
    @Test
    void aRunRecordsTheSameDefaultsByTheSameNames() {
        assertThat(DatasetSettings.builtIn("d").recorded())
                .hasToString("{annotations_query=null, predictions_query=null, classes=[],"
                        + " consensus_methods=[best_quality, majority_vote], quality_method=crowdlab,"
                        + " label_quality_score=self_confidence, adjust_predictions=false, calibrate_predictions=false,"
                        + " active_learning=true, on_missing_prediction=reject, on_duplicate_annotation=latest,"
                        + " on_incomplete_prediction=reject, periods=week}");
    }

    @Test
    void aReportComparesWhatARunRecordsWithTheDefaults() {
        assertThat(DatasetSettings.defaults())
                .containsEntry("classes", "")
                .containsEntry("consensus_methods", "best_quality, majority_vote")
                .containsEntry("use_gold", "false")
                .containsEntry("periods", "week")
                .containsKeys("quality_method", "on_incomplete_prediction", "store_posterior");
        DatasetSettings.builtIn("d").recorded().forEach((name, value) -> {
            if (value != null) {
                assertThat(DatasetSettings.defaults())
                        .containsEntry(name, value.toString().replaceAll("[\\[\\]]", ""));
            }
        });
    }

    @Test
    void namesMayBeWrittenAsSpringAllows() {
        properties.put("crowdlab.blockRows", "7");
        properties.put("crowdlab.LOCK_TIMEOUT", "5s");
        properties.put("crowdlab.datasets.My_set.labelQualityScore", "normalized_margin");
        Settings settings = SettingsReader.read(properties);
        assertThat(settings.engine().blockRows()).isEqualTo(7);
        assertThat(settings.lockTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.datasets()).containsOnlyKeys("My_set");
    }

    @Test
    void aListIsWrittenByItsElementsOrInOneText() {
        properties.put("crowdlab.datasets.d.classes[0]", "b, c");
        properties.put("crowdlab.datasets.d.classes[1]", "a");
        properties.put("crowdlab.datasets.e.classes", "b, a");
        Settings settings = SettingsReader.read(properties);
        assertThat(settings.datasets().get("d").inputRules().classes()).containsExactly("b, c", "a");
        assertThat(settings.datasets().get("e").inputRules().classes()).containsExactly("b", "a");
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        properties.put("crowdlab.thread", "2");
        properties.put("crowdlab.threads", "0");
        properties.put("crowdlab.retention", "");
        properties.put("crowdlab.embedded", "here");
        properties.put("crowdlab.datasets.d.classes[0]", "a");
        properties.put("crowdlab.datasets.d.classes[2]", "c");
        properties.put("crowdlab.datasets.two words.timeout", "1h");
        properties.put("crowdlab.datasets.d.checks.min-examples", "-1");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "crowdlab.thread: there is no such setting; did you mean crowdlab.threads?",
                        "crowdlab.threads: '0' is not a whole number from 1 to 1024",
                        "crowdlab.retention: is empty; put settings below it or remove it",
                        "crowdlab.embedded: 'here' cannot be used here; see the settings in configuration.md",
                        "crowdlab.datasets.d.classes[2]: 'c' cannot be used here; see the settings in configuration.md",
                        "crowdlab.datasets.d.classes: there is nothing to decide between fewer than two classes; name at"
                                + " least two",
                        "crowdlab.datasets: 'two words' is not a name of 1 to 100 letters, digits, _ and -; rename it",
                        "crowdlab.datasets.d.checks.min-examples: '-1' is not a whole number from 0 to "
                                + Long.MAX_VALUE);
    }
}
