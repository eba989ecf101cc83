package dev.crowdlab.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.settings.DatasetSetting;
import dev.crowdlab.settings.ProgramSetting;
import dev.crowdlab.settings.section.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The name of a setting is written in one place, its constant; sentences may mention it. */
class SettingPlacesTest {

    private static final List<Path> CODE = List.of(Path.of("src/main/java"), Path.of("src/spark/src/main/java"));

    private static final Pattern LITERAL = Pattern.compile("\"([^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+)\"");

    private static final Set<String> CONSTANTS =
            Set.of("DatasetSetting.java", "ProgramSetting.java", "WrittenSettings.java");

    /** These rooms know of no settings, and are told which query they read. */
    private static final Pattern WITHOUT_SETTINGS = Pattern.compile(".*/(input|postgres|engine)/.*");

    private static final Set<String> OF_DATASETS = names(DatasetSetting.described(), List.of(DatasetSetting.CHECKS));

    private static final Set<String> OF_PROGRAM = names(ProgramSetting.all(), List.of());

    private static Set<String> names(List<Setting<?>> settings, List<Setting<?>> more) {
        return Stream.concat(settings.stream(), more.stream())
                .map(Setting::name)
                .collect(Collectors.toSet());
    }

    @Test
    void aSettingIsNamedByItsConstantAlone() {
        assertThat(CODE.stream().flatMap(SettingPlacesTest::files).flatMap(SettingPlacesTest::namesIn))
                .as("use the constant's name()")
                .isEmpty();
    }

    private static Stream<Path> files(Path folder) {
        try {
            return Files.walk(folder)
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !CONSTANTS.contains(file.getFileName().toString())
                            && !WITHOUT_SETTINGS.matcher(file.toString()).matches());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Single words are names of other things, too, except where settings are read. */
    private static Stream<String> namesIn(Path file) {
        boolean isOfSettings = file.toString().matches(".*/(settings|configuration)/.*");
        try {
            return LITERAL.matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group(1))
                    .filter(text -> isName(text, isOfSettings))
                    .map(text -> file + ": \"" + text + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isName(String text, boolean isOfSettings) {
        String name = text.replaceFirst("^(crowdlab)?[.]", "");
        boolean isPlain = text.matches("[a-z]+");
        return (OF_PROGRAM.contains(name) && text.startsWith("crowdlab."))
                || ((OF_DATASETS.contains(name) || OF_PROGRAM.contains(name))
                        && (isPlain ? isOfSettings : name.matches(".*[-.].*")));
    }
}
