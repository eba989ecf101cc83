package dev.crowdlab.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

class SettingOriginsTest {

    @TempDir
    private Path folder;

    private final StandardEnvironment environment = new StandardEnvironment();

    /** What the build or the shell sets besides is not looked at. */
    @BeforeEach
    void forgetTheSurroundings() {
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    }

    private void file(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("application.yml"), text);
        new YamlPropertySourceLoader()
                .load("application.yml", new FileSystemResource(file))
                .forEach(environment.getPropertySources()::addLast);
        ConfigurationPropertySources.attach(environment);
    }

    @Test
    void aProblemNamesFileAndLine() throws IOException {
        file("""
                crowdlab:
                  threads: many
                  datasets:
                    d:
                      quality-method: agree
                """);
        assertThat(ConfigurationReader.examine(environment).problems())
                .containsExactly(
                        "crowdlab.datasets.d.quality-method: 'agree' is not one of crowdlab, agreement"
                                + " (application.yml, line 5)",
                        "crowdlab.threads: 'many' is not a whole number from 1 to 1024 (application.yml, line 2)");
    }

    @Test
    void aListHasTheLineOfItsFirstElement() throws IOException {
        file("""
                crowdlab.datasets:
                  d:
                    classes: [only]
                """);
        assertThat(ConfigurationReader.examine(environment).problems())
                .containsExactly(
                        "crowdlab.datasets.d.classes: there is nothing to decide between fewer than two classes;"
                                + " name at least two (application.yml, line 3)");
    }

    @Test
    void anUnknownSettingDoesNotHideTheOthers() throws IOException {
        file("""
                crowdlab:
                  threads: many
                  thread: 1
                """);
        assertThat(ConfigurationReader.examine(environment).problems())
                .containsExactly(
                        "crowdlab.thread: there is no such setting; did you mean crowdlab.threads? (application.yml, line 3)",
                        "crowdlab.threads: 'many' is not a whole number from 1 to 1024 (application.yml, line 2)");
    }

    @Test
    void whatHasNoPlaceStaysAsItIs() throws IOException {
        file("crowdlab.threads: 2");
        SettingOrigins origins = new SettingOrigins(environment);
        assertThat(origins.locate("crowdlab.block-rows: is missing")).isEqualTo("crowdlab.block-rows: is missing");
        assertThat(origins.locate("There is no dataset: 'x'")).isEqualTo("There is no dataset: 'x'");
        assertThat(origins.locate("plain")).isEqualTo("plain");
    }
}
