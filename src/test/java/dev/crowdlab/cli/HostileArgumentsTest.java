package dev.crowdlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.configuration.ConfigurationReader;
import dev.crowdlab.testing.HostileText;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Slow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Up to 2,000 calls and settings that nobody meant: each ends with a sentence, none with a stack. */
class HostileArgumentsTest {

    private static final int CALLS = Slow.cases(100, 1_000);
    private static final int SETTINGS = 1_000;

    private static final List<String> COMMANDS = List.of(
            "run", "validate", "datasets", "runs", "show", "load", "verify", "migrate", "database", "", "rnu", "--");

    private static final List<String> OPTIONS = List.of(
            "--dataset",
            "--as-of",
            "--parallel",
            "--force",
            "--dry-run",
            "--annotations",
            "--predictions",
            "--nonsense");

    private static final List<String> KEYS = List.of(
            "datasets.d.annotations-query",
            "datasets.d.predictions-query",
            "datasets.d.classes[0]",
            "datasets.d.classes[1]",
            "datasets.d.consensus-methods[0]",
            "datasets.d.quality-method",
            "datasets.d.label-quality-score",
            "datasets.d.adjust-predictions",
            "datasets.d.calibrate-predictions",
            "datasets.d.active-learning",
            "datasets.d.store-posterior",
            "datasets.d.on-missing-prediction",
            "datasets.d.on-duplicate-annotation",
            "datasets.d.checks.max-rejected-share",
            "datasets.d.checks.min-examples",
            "datasets.d.checks.max-age",
            "datasets.d",
            "datasets.d.nonsense",
            "source.url",
            "retention.runs",
            "retention.grace",
            "embedded.directory",
            "embedded.port",
            "threads",
            "block-rows",
            "nonsense");

    @Test
    void callsThatNobodyMeantEndWithTwo() {
        Random random = new Random(1);
        for (int call = 0; call < CALLS; call++) {
            List<String> words = new ArrayList<>();
            words.add(COMMANDS.get(random.nextInt(COMMANDS.size())));
            for (int word = random.nextInt(4); word > 0; word--) {
                words.add(OPTIONS.get(random.nextInt(OPTIONS.size())));
                words.add(HostileText.next(random));
            }
            words.add("--nonsense=" + HostileText.next(random)); // so that no call is one by chance
            Program.Result result = Program.withoutDatabase().call(words.toArray(String[]::new));
            assertThat(result.exitCode()).as("%s", words).isEqualTo(2);
            assertThat(result.err()).as("%s", words).isNotBlank();
            assertNoStack(result.err());
        }
    }

    @Test
    void settingsThatNobodyMeantAreNamed() {
        Random random = new Random(2);
        int refused = 0;
        for (int round = 0; round < SETTINGS; round++) {
            String key = "crowdlab." + KEYS.get(random.nextInt(KEYS.size()));
            String value = HostileText.next(random);
            List<String> problems =
                    ConfigurationReader.examine(environment(key, value)).problems();
            refused += problems.isEmpty() ? 0 : 1;
            for (String problem : problems) {
                assertThat(problem).as("%s=%s", key, value).startsWith("crowdlab.");
                assertNoStack(problem);
            }
        }
        assertThat(refused).as("settings that were refused").isGreaterThan(SETTINGS / 2);
    }

    private static StandardEnvironment environment(String key, String value) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment.getPropertySources().addFirst(new MapPropertySource("hostile", Map.of(key, value)));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    private static void assertNoStack(String text) {
        assertThat(text).doesNotContain("\tat ").doesNotContain("Exception");
    }
}
