package dev.crowdlab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The recipes of src/deploy agree with the program, and with each other. */
class RecipesTest {

    private static final Path DEPLOY = Path.of("src", "deploy");
    private static final Path DOCKER = DEPLOY.resolve("docker");
    private static final Path SERVICE = DEPLOY.resolve("systemd/crowdlab-etl.service");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Exit codes that another attempt would only repeat. Those of a lost database and of a killed process are not among them. */
    private static final List<Integer> FINAL =
            List.of(ExitCode.FAILED, ExitCode.USAGE, ExitCode.REFUSED, ExitCode.IN_USE);

    private static final int STOP_SECONDS = 60;
    private static final long MAX_SECONDS = 120;
    private static final int MEBIBYTE = 1 << 20;

    /** The heap of a run on 1,000,000 examples of 10 classes with 3,000,000 annotations, with a quarter to spare. */
    private static final double LARGE_HEAP_BYTES = 1.25 * 332e6;

    @Test
    void theImageHasNoShellAndAUserWithoutRights() throws IOException {
        List<String> runtime = instructions().stream()
                .dropWhile(line -> !line.equals("FROM scratch"))
                .toList();
        assertThat(runtime).contains("USER 65532:65532").noneMatch(line -> line.startsWith("RUN"));
        assertThat(runtime.stream().filter(line -> line.startsWith("COPY")))
                .containsExactly("COPY --from=build /image /");
        JsonNode entryPoint = JSON.readTree(argument(runtime, "ENTRYPOINT"));
        assertThat(entryPoint.isArray()).as("started without a shell").isTrue();
        assertThat(entryPoint.get(0).asText()).endsWith("/bin/java");
        assertThat(JSON.readTree(argument(runtime, "CMD")).get(0).asText()).isEqualTo("run");
    }

    @Test
    void whatTheImageIsBuiltFromIsThereOrBuilt() throws IOException {
        List<String> admitted = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        List<String> copied = instructions().stream()
                .filter(line -> line.startsWith("COPY src"))
                .flatMap(line -> Arrays.stream(line.split(" ")).skip(1))
                .filter(word -> word.contains("/") && !word.equals("./"))
                .toList();
        assertThat(copied).hasSizeGreaterThan(3).allMatch(file -> admitted.stream()
                .anyMatch(file::startsWith));
        assertThat(copied.stream().filter(file -> !file.startsWith("target/")))
                .allMatch(file -> Files.isRegularFile(Path.of(file)));
    }

    @Test
    void theImageStartsTheJvmAsTheLauncherDoes() throws IOException {
        String script = Files.readString(DEPLOY.resolve("crowdlab"));
        Matcher options = Pattern.compile("options=\"\\$heap ([^\"$]*)\\$\\{").matcher(script);
        assertThat(options.find()).isTrue();
        assertThat(jvmOptions().filter(option -> !option.contains("MaxRAMPercentage")))
                .containsExactly(options.group(1).strip().split("\\s+"));
    }

    @Test
    void kubernetesTriesAgainOnlyWhatMayEndOtherwise() throws IOException {
        JsonNode job = cronJob();
        assertThat(job.at("/spec/concurrencyPolicy").asText()).isEqualTo("Forbid");
        JsonNode rules = job.at("/spec/jobTemplate/spec/podFailurePolicy/rules");
        assertThat(rules.at("/0/action").asText()).isEqualTo("FailJob");
        assertThat(rules.at("/0/onExitCodes/operator").asText()).isEqualTo("In");
        assertThat(numbers(rules.at("/0/onExitCodes/values"))).isEqualTo(FINAL);
        assertThat(rules.at("/0/onExitCodes/containerName"))
                .isEqualTo(job.at("/spec/jobTemplate/spec/template/spec/containers/0/name"));
        assertThat(rules.at("/1/action").asText()).isEqualTo("Ignore");
        assertThat(rules.at("/1/onPodConditions/0/type").asText()).isEqualTo("DisruptionTarget");
        assertThat(rules.at("/1/onPodConditions/0/status").asText()).isEqualTo("True");
        assertThat(job.at("/spec/jobTemplate/spec/backoffLimit").asInt()).isPositive();
    }

    @Test
    void kubernetesGivesThePodNoRightsAndTimeToStop() throws IOException {
        JsonNode pod = cronJob().at("/spec/jobTemplate/spec/template/spec");
        assertThat(pod.at("/restartPolicy").asText())
                .as("podFailurePolicy needs it")
                .isEqualTo("Never");
        assertThat(pod.at("/terminationGracePeriodSeconds").asInt()).isEqualTo(STOP_SECONDS);
        assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(instructions())
                .contains("USER %d:%d"
                        .formatted(
                                pod.at("/securityContext/runAsUser").asInt(),
                                pod.at("/securityContext/runAsGroup").asInt()));
        JsonNode rights = pod.at("/containers/0/securityContext");
        assertThat(rights.at("/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(rights.at("/allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(rights.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
    }

    @Test
    void kubernetesMountsSettingsAndSecretsWhereTheProgramLooks() throws IOException {
        JsonNode pod = cronJob().at("/spec/jobTemplate/spec/template/spec");
        JsonNode mounts = pod.at("/containers/0/volumeMounts");
        assertThat(mounts.at("/0/mountPath").asText()).isEqualTo(argument(instructions(), "WORKDIR", "/etc"));
        JsonNode variable = pod.at("/containers/0/env/0");
        assertThat(variable.at("/name").asText()).isEqualTo("SPRING_CONFIG_IMPORT");
        assertThat(variable.at("/value").asText())
                .isEqualTo("configtree:" + mounts.at("/1/mountPath").asText() + "/");
        assertThat(pod.at("/volumes/0/configMap/name").asText()).isEqualTo("crowdlab-etl");
        assertThat(pod.at("/volumes/1/secret/secretName").asText()).isEqualTo("crowdlab-etl");
        JsonNode settings = documents(
                        manifest().get(0).at("/data/application.yml").asText())
                .get(0);
        assertThat(settings.at("/spring.datasource/url").asText()).startsWith("jdbc:postgresql://");
        assertThat(settings.findValue("password")).isNull();
    }

    @Test
    void kubernetesGivesTheHeapOfTheSizingTable() throws IOException {
        JsonNode resources = cronJob().at("/spec/jobTemplate/spec/template/spec/containers/0/resources");
        String limit = resources.at("/limits/memory").asText();
        assertThat(limit)
                .endsWith("Mi")
                .isEqualTo(resources.at("/requests/memory").asText());
        assertThat(heapShare() * Integer.parseInt(limit.replace("Mi", "")) * MEBIBYTE)
                .isGreaterThan(LARGE_HEAP_BYTES);
        for (MatchResult row : sizingRows()) {
            double heap = Integer.parseInt(row.group(1));
            double container = Integer.parseInt(row.group(2).replace(",", ""));
            assertThat(heapShare() * container).as(row.group()).isBetween(heap, 1.5 * heap);
        }
    }

    @Test
    void composeStartsTheJobWithoutRightsAndGrafanaWithItsDashboards() throws IOException {
        JsonNode services = documents(Files.readString(DOCKER.resolve("compose.yaml")))
                .get(0)
                .at("/services");
        JsonNode job = services.at("/job");
        assertThat(job.at("/read_only").asBoolean()).isTrue();
        assertThat(job.at("/cap_drop/0").asText()).isEqualTo("ALL");
        assertThat(job.at("/security_opt/0").asText()).isEqualTo("no-new-privileges:true");
        assertThat(job.at("/stop_grace_period").asText()).isEqualTo(STOP_SECONDS + "s");
        assertThat(job.at("/depends_on/postgres/condition").asText()).isEqualTo("service_healthy");
        assertThat(DOCKER.resolve(job.at("/build/context").asText()).toRealPath())
                .isEqualTo(Path.of("").toRealPath());
        assertThat(Path.of(job.at("/build/dockerfile").asText())).isRegularFile();
        Set<String> given = new TreeSet<>();
        services.at("/grafana/environment").fieldNames().forEachRemaining(given::add);
        assertThat(given).containsAll(variablesOfGrafana());
        for (JsonNode service : services) {
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asText().split(":", 2)[0];
                assertThat(!source.startsWith(".") || Files.exists(DOCKER.resolve(source)))
                        .as(source)
                        .isTrue();
            }
            service.path("environment").properties().forEach(variable -> assertThat(
                            !variable.getKey().endsWith("PASSWORD")
                                    || variable.getValue().asText().matches("\\$\\{[A-Z_]+:\\?.*}"))
                    .as(variable.getKey())
                    .isTrue());
        }
    }

    @Test
    void systemdTriesAgainOnlyWhatMayEndOtherwise() throws IOException {
        assertThat(values(SERVICE, "Type")).containsExactly("oneshot");
        assertThat(values(SERVICE, "Restart")).containsExactly("on-failure");
        assertThat(values(SERVICE, "RestartPreventExitStatus"))
                .containsExactly(
                        String.join(" ", FINAL.stream().map(String::valueOf).toList()));
        assertThat(values(SERVICE, "SuccessExitStatus")).containsExactly(String.valueOf(ExitCode.SIGNALED));
        assertThat(values(SERVICE, "TimeoutStopSec")).containsExactly(String.valueOf(STOP_SECONDS));
        assertThat(values(SERVICE, "LoadCredential"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("spring.datasource.password:");
        Path timer = DEPLOY.resolve("systemd/crowdlab-etl.timer");
        assertThat(values(timer, "Persistent")).containsExactly("true");
        assertThat(values(timer, "OnCalendar")).hasSize(1);
    }

    @Test
    void airflowTriesAgainOnlyWhatMayEndOtherwise() throws IOException {
        String dag = Files.readString(DEPLOY.resolve("airflow/crowdlab_etl.py"));
        Matcher codes = Pattern.compile("(?m)^FINAL = \\{(.*)}$").matcher(dag);
        assertThat(codes.find()).isTrue();
        assertThat(Pattern.compile("(\\d+): \"")
                        .matcher(codes.group(1))
                        .results()
                        .map(code -> Integer.valueOf(code.group(1))))
                .containsExactlyElementsOf(FINAL);
        assertThat(dag).contains("\nSTOP_SECONDS = " + STOP_SECONDS);
    }

    @Test
    void cronSendsAMailOnlyAfterABadNightOrWarnings(@TempDir Path directory) throws Exception {
        List<String> lines = Files.readAllLines(DEPLOY.resolve("cron/crowdlab-etl"));
        String entry = lines.get(lines.size() - 1);
        Matcher fields =
                Pattern.compile("(\\d+) (\\d+) \\* \\* \\* crowdlab-etl (.*)").matcher(entry);
        assertThat(fields.matches()).isTrue();
        String command = fields.group(3);
        assertThat(command).as("% would end cron's line").doesNotContain("%");
        assertThat(outputOf(command, directory, "echo all went well")).isEmpty();
        assertThat(outputOf(command, directory, "echo 'reviews: warning. Many ties.'; test \"$2\" = x || exit \"$3\""))
                .isEqualTo("crowdlab-etl ended with 10; reviews: warning. Many ties.\n");
        assertThat(outputOf(command, directory, "echo 'reviews: refused. Too few'; echo more >&2; exit 3"))
                .isEqualTo("crowdlab-etl ended with 3; reviews: refused. Too few\nmore\n");
    }

    /** What cron would send: the output of its command, with a program in place of the real one. */
    private static String outputOf(String command, Path directory, String program) throws Exception {
        Path script = directory.resolve("crowdlab");
        Files.writeString(script, "#!/bin/sh\n" + program + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        String moved = command.replace("/opt/crowdlab-etl", directory.toString())
                .replace("/etc/crowdlab-etl", directory.toString());
        Path output = directory.resolve("mail.txt");
        Process shell = new ProcessBuilder("/bin/sh", "-c", moved)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(shell.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }

    private static List<String> instructions() throws IOException {
        return Files.readString(DOCKER.resolve("Dockerfile"))
                .replaceAll("\\\\\\R\\s*", "")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /** What follows the keyword in its last instruction. */
    private static String argument(List<String> instructions, String keyword) {
        return argument(instructions, keyword, "");
    }

    private static String argument(List<String> instructions, String keyword, String start) {
        String prefix = keyword + " ";
        return instructions.stream()
                .filter(line -> line.startsWith(prefix + start))
                .reduce((first, second) -> second)
                .orElseThrow()
                .substring(prefix.length());
    }

    private static Stream<String> jvmOptions() throws IOException {
        return Files.readAllLines(DOCKER.resolve("java.options")).stream().filter(line -> !line.startsWith("#"));
    }

    private static double heapShare() throws IOException {
        String option = jvmOptions()
                .filter(line -> line.startsWith("-XX:MaxRAMPercentage="))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(option.split("=")[1]) / 100;
    }

    private static List<MatchResult> sizingRows() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/deployment.md"));
        List<MatchResult> rows = Pattern.compile("(?m)^\\| [^|]+ \\| (\\d+) MB \\| ([\\d,]+) MB \\|$")
                .matcher(page)
                .results()
                .toList();
        assertThat(rows).hasSizeGreaterThan(2);
        return rows;
    }

    private static JsonNode cronJob() throws IOException {
        return manifest().stream()
                .filter(document -> document.at("/kind").asText().equals("CronJob"))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> manifest() throws IOException {
        return documents(Files.readString(DEPLOY.resolve("kubernetes/cronjob.yaml")));
    }

    private static List<JsonNode> documents(String yaml) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        List<JsonNode> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(strict))
                .loadAll(yaml)
                .forEach(document -> documents.add(JSON.valueToTree(document)));
        return documents;
    }

    private static List<Integer> numbers(JsonNode array) {
        List<Integer> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.asInt()));
        return numbers;
    }

    private static Set<String> variablesOfGrafana() throws IOException {
        Set<String> variables = new TreeSet<>();
        try (Stream<Path> files = Files.walk(DEPLOY.resolve("grafana/provisioning"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Pattern.compile("\\$(CROWDLAB_[A-Z_]+)")
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(found -> variables.add(found.group(1)));
            }
        }
        assertThat(variables).isNotEmpty();
        return variables;
    }

    private static List<String> values(Path unit, String key) throws IOException {
        return Files.readAllLines(unit).stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .toList();
    }
}
