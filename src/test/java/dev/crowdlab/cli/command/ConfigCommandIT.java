package dev.crowdlab.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crowdlab.cli.terminal.JsonDocumentTest;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Program.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings from every source, as the command config shows them. */
class ConfigCommandIT {

    private static final String FILE = """
            spring.datasource:
              url: jdbc:postgresql://db.example/warehouse?sslmode=require&sslpassword=pa55-in-url
              username: etl
              password: ${MY_PASSWORD}
            crowdlab:
              retry: 5m
              datasets:
                sentiment:
                  annotations-query: |
                    select *
                    from votes
                  classes: [negative, neutral, positive]
                  checks:
                    max-age: {warn: 36h, fail: P3D}
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void writeFile() throws Exception {
        Files.writeString(directory.resolve("application.yml"), FILE);
    }

    private Program program() {
        return Program.withoutDatabase().withVariable("MY_PASSWORD", "pa55-in-variable");
    }

    @Test
    void tellsWhereEachValueComesFrom() throws Exception {
        Files.writeString(
                Files.createDirectory(directory.resolve("config")).resolve("application.yml"),
                "crowdlab.retention.runs: 4\n");
        Map<String, String> settings = settings(program()
                .with("crowdlab.threads", "3")
                .withVariable("CROWDLAB_DATASETS_SENTIMENT_QUALITYMETHOD", "agreement")
                .withVariable("JDK_JAVA_OPTIONS", "-Dcrowdlab.block-rows=77"));
        assertThat(settings)
                .containsEntry(
                        "spring.datasource.url",
                        "jdbc:postgresql://db.example/warehouse?sslmode=require&sslpassword=****** | application.yml, line 2")
                .containsEntry("spring.datasource.username", "etl | application.yml, line 3")
                .containsEntry("spring.datasource.password", "****** | application.yml, line 4")
                .containsEntry("crowdlab.retry", "5m | application.yml, line 6")
                .containsEntry("crowdlab.retention.runs", "4 | config/application.yml, line 1")
                .containsEntry("crowdlab.threads", "3 | command line")
                .containsEntry("crowdlab.block-rows", "77 | property of the JVM (-D)")
                .containsEntry(
                        "crowdlab.datasets.sentiment.quality-method",
                        "agreement | variable CROWDLAB_DATASETS_SENTIMENT_QUALITYMETHOD")
                .containsEntry(
                        "crowdlab.datasets.sentiment.classes", "negative, neutral, positive | application.yml, line 12")
                .containsEntry("crowdlab.datasets.sentiment.checks.max-age.warn", "36h | application.yml, line 14")
                .containsEntry("crowdlab.datasets.sentiment.checks.max-vanished-share", "0.5 | default")
                .containsEntry("crowdlab.datasets.sentiment.consensus-methods", "best_quality, majority_vote | default")
                .containsEntry("crowdlab.retention.grace", "1h | default")
                .containsEntry("crowdlab.lock-timeout", "30s | default")
                .containsEntry("logging.level.root", "off | default")
                .doesNotContainKeys("crowdlab.retention.max-age", "crowdlab.datasets.sentiment.checks.max-age");
        assertThat(settings.keySet()).noneMatch(name -> name.contains("qualitymethod") || name.contains("["));
    }

    @Test
    void showsTheHalfOfALimitThatIsNotWritten() throws Exception {
        String checks = "crowdlab.datasets.sentiment.checks.";
        assertThat(settings(program())).containsEntry(checks + "max-changed-share", "{warn: 0.1} | default");
        assertThat(settings(program()
                        .with(checks + "max-changed-share", "0.3")
                        .with(checks + "maxRejectedShare.warn", "0.02")))
                .containsEntry(checks + "max-changed-share", "0.3 | command line")
                .containsEntry(checks + "max-changed-share.warn", "0.1 | default")
                .containsEntry(checks + "max-rejected-share.fail", "0.05 | default")
                .doesNotContainKeys(checks + "max-rejected-share.warn", checks + "max-vanished-share.fail");
        assertThat(settings(program().with(checks + "max-changed-share", "0.05")))
                .containsEntry(checks + "max-changed-share", "0.05 | command line")
                .doesNotContainKeys(checks + "max-changed-share.warn", checks + "max-changed-share.fail");
    }

    @Test
    void leavesOutWhatBelongsToTheLauncherAndToKubernetes() throws Exception {
        Map<String, String> settings = settings(program()
                .withVariable("CROWDLAB_HEAP", "600m")
                .withVariable("CROWDLAB_CACHE", "/var/cache/crowdlab-etl/classes")
                .withVariable("CROWDLAB_JAR", "/opt/crowdlab-etl/crowdlab-etl.jar")
                .withVariable("CROWDLAB_JAVA_OPTIONS", "-Xss1m")
                .withVariable("CROWDLAB_ETL_SERVICE_HOST", "10.0.0.7")
                .withVariable("CROWDLAB_ETL_PORT", "tcp://10.0.0.7:80")
                .withVariable("CROWDLAB_THREADS", "3"));
        assertThat(settings).containsEntry("crowdlab.threads", "3 | variable CROWDLAB_THREADS");
        assertThat(settings.keySet())
                .noneMatch(name -> name.matches("crowdlab\\.(heap|cache|jar|java\\.options|etl\\..*)"));
    }

    @Test
    void printsNoSecret() throws Exception {
        Result result = program()
                .with("spring.datasource.hikari.password", "pa55-of-pool")
                .with("crowdlab.source.url", "jdbc:postgresql://other/annotations?password=pa55-of-source&user=x")
                .with("logging.file.name", "log?token=pa55-of-log&x=1")
                .callInNewProcess(directory, "config");
        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out())
                .doesNotContain("pa55")
                .contains("?password=******&user=x", "?token=******&x=1")
                .containsPattern("spring.datasource.hikari.password +command line +\\*{6}\\R")
                .containsPattern(
                        "crowdlab.datasets.sentiment.annotations-query +application.yml, line 9 +select \\* from votes\\R");
    }

    @Test
    void showsWhatIsWrongToo() throws Exception {
        Files.writeString(directory.resolve("application.yml"), FILE.replace("retry: 5m", "retrry: 5m"));
        Result result = Program.withoutDatabase().callInNewProcess(directory, "config");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out())
                .contains(
                        "crowdlab.retrry: there is no such setting; did you mean crowdlab.retry? (application.yml, line 6)")
                .containsPattern("crowdlab.retrry +application.yml, line 6 +5m\\R")
                .containsPattern("crowdlab.retry +default +2m\\R");
    }

    @Test
    void namesEveryVariableThatIsNotSet() throws Exception {
        Files.writeString(directory.resolve("application.yml"), FILE.replace("username: etl", "username: ${MY_USER}"));
        for (String command : new String[] {"config", "runs"}) {
            Result result = Program.withoutDatabase().callInNewProcess(directory, command);
            assertThat(result.exitCode()).as(command).isEqualTo(2);
            assertThat(result.out())
                    .as(command)
                    .contains("spring.datasource.username refers to ${MY_USER}, which is not set")
                    .contains("spring.datasource.password refers to ${MY_PASSWORD}, which is not set");
        }
    }

    @Test
    void saysWhereItLookedForADatabase() throws Exception {
        Files.writeString(directory.resolve("application.yml"), "crowdlab.retry: 5m\n");
        Result result = Program.withoutDatabase().callInNewProcess(directory, "runs");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out())
                .contains("No database is configured: application.yml in " + directory.toRealPath()
                        + " does not set spring.datasource.url");
    }

    @Test
    void needsNoSettings() {
        Result result = Program.withoutDatabase().call("config");
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .containsPattern("crowdlab.periods +default +week\\R")
                .doesNotContain("NAME", "jdbc");
    }

    private Map<String, String> settings(Program program) throws Exception {
        Result result = program.callInNewProcess(directory, "config", "--output", "json");
        assertThat(result.exitCode()).as(result.out()).isZero();
        JsonNode document = new ObjectMapper()
                .readTree(result.out().replaceFirst("(?s)^NOTE: Picked up JDK_JAVA_OPTIONS.*?\\R", ""));
        assertThat(JsonDocumentTest.documented("config"))
                .contains("settings[]", "settings[].name", "settings[].value", "settings[].origin");
        Map<String, String> settings = new TreeMap<>();
        document.path("settings")
                .forEach(setting -> settings.put(
                        setting.path("name").asText(),
                        setting.path("value").asText() + " | "
                                + setting.path("origin").asText()));
        return settings;
    }
}
