package dev.crowdlab.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleSettingsTest {

    private static final ExampleSettings SETTINGS =
            new ExampleSettings("https://labels.example/t/{example_id}?again={example_id}", null);

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "7,7",
                "a b,a%20b",
                "a/../b,a%2F..%2Fb",
                "?x#y,%3Fx%23y",
                "\">,%22%3E",
                "{example_id},%7Bexample_id%7D"
            })
    void anIdIsOnePartOfTheAddress(String id, String part) {
        assertThat(SETTINGS.link(id)).contains("https://labels.example/t/" + part + "?again=" + part);
    }

    @Test
    void anIdThatBrowsersTakeForAStepIsNoLink() {
        assertThat(SETTINGS.link("..")).isEmpty();
        assertThat(SETTINGS.link(".")).isEmpty();
        assertThat(SETTINGS.link("")).isEmpty();
        assertThat(ExampleSettings.NONE.link("7")).isEmpty();
    }
}
