package dev.crowdlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.cli.call.Shutdown;
import dev.crowdlab.cli.command.CrowdlabCommand;
import dev.crowdlab.testing.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CrowdlabProgramTest {

    private final Program program = Program.withoutDatabase();

    private static String words(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run      | Runs the datasets and publishes their results.
            datasets | Lists the datasets that are configured, found
            runs     | Lists the runs, newest first.
            show     | Shows one run in full
            verify   | Recomputes the audit chain and the digests
            load     | Replaces a dataset's rows
            purge    | Removes immediately what each run removes at its end
            migrate  | Creates or updates the schemas
            database | Starts the embedded PostgreSQL
            """)
    void everyCommandSaysWhatItDoes(String command, String sentence) {
        Program.Result result = program.call(command, "--help");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(words(result.out()))
                .startsWith("Usage: crowdlab-etl " + command)
                .contains(sentence);
    }

    @Test
    void outputThatIsLostIsSaidAndNoSuccess() {
        StringWriter err = new StringWriter();
        assertThat(callInto("No space left on device", err)).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("Standard output cannot be written: No space left on device");
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoProblem() {
        StringWriter err = new StringWriter();
        assertThat(callInto("Broken pipe", err)).isZero();
        assertThat(err.toString()).isEmpty();
    }

    private static int callInto(String problem, StringWriter err) {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(problem);
            }
        };
        return CrowdlabProgram.call(Optional.empty(), full, new PrintWriter(err), "--version");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --older-than | soon | --older-than is 'soon'; give a duration such as P30D, 30d or 12h
            --older-than | 30   | --older-than is '30'; give a duration such as P30D, 30d or 12h
            --keep-runs  | 0    | --keep-runs is 0; give a number from 1 to 1000
            --keep-runs  | 1001 | --keep-runs is 1001; give a number from 1 to 1000
            --keep-runs  | few  | --keep-runs is 'few'; give a whole number
            """)
    void limitsOfAPurgeThatCannotBeMeantAreRefused(String option, String value, String sentence) {
        Program.Result result = program.call("purge", option, value);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            chart            | There is no command 'chart'; the option --help lists what there is
            databse          | There is no command 'databse'; did you mean database?
            rnu --dry-run    | There is no command 'rnu'; did you mean run?
            --dry-run        | Unknown option '--dry-run'; a setting is given as --name=value, in one word
            @no/args.txt     | There is no file 'no/args.txt' that can be read, for whose words @no/args.txt stands
            show             | RUN is missing; give it a value
            show first       | RUN is 'first'; give a whole number
            load             | --dataset is missing; give it a value
            export           | --dataset and --table and --out are missing; give each a value
            runs --limit x   | --limit is 'x'; give a whole number
            runs --limit 0   | --limit is 0; give at least 1
            runs night       | Unexpected: 'night'; the option --help lists what there is
            """)
    void aCallThatCannotBeMeantIsAnsweredByASentenceNotByThePageOfHelp(String call, String sentence) {
        Program.Result result = program.call(call.split(" "));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines().findFirst()).hasValue(sentence);
        assertThat(result.err().lines().count()).isLessThanOrEqualTo(5);
    }

    @Test
    void noCommandIsWithoutHelp() {
        Map<String, CommandLine> commands =
                new CommandLine(new CrowdlabCommand(List.of(), new Shutdown(), Optional.empty())).getSubcommands();
        Program.Result overview = program.call("--help");
        assertThat(overview.exitCode()).isZero();
        assertThat(commands).isNotEmpty();
        commands.forEach((name, command) -> {
            String description = command.getCommandSpec().usageMessage().description()[0];
            assertThat(description).as(name).hasSizeGreaterThan(20).endsWith(".");
            Program.Result help = program.call(name, "--help");
            assertThat(help.exitCode()).as(name).isZero();
            assertThat(words(help.out())).as(name).contains(words(description));
            assertThat(overview.out()).as(name).containsPattern("(?m)^  " + name + "\\b");
        });
    }

    @Test
    void theProgramTellsWhatItIsAndItsExitCodes() {
        assertThat(words(program.call("--help").out()))
                .contains("Reads who labeled what, and what a classifier predicted, from PostgreSQL")
                .contains(
                        "Exit codes: 0 done or nothing new, 1 a dataset failed, 2 usage, settings or pending migrations,"
                                + " 3 a check refused publication or verify found a difference, 4 in use by someone else, 5 database unreachable, 143 stopped"
                                + " by a signal.");
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        Program.Result result = program.call("--version");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out().strip()).matches("crowdlab-etl \\d+\\.\\d+\\.\\d+\\S*\\Rcommit ([0-9a-f]{12}|unknown)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nonsense",
                "--nonsense=1",
                "nonsense",
                "--crowdlab.threads",
                "--server.port=8080",
                "-crowdlab.threads=1",
                "--crowdlab=1"
            })
    void whatIsNeitherOptionNorSettingEndsWithTwo(String word) {
        Program.Result result = program.call(word);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("'" + word.replaceFirst("=.*", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "datasets", "runs", "show", "verify", "load", "migrate", "database"})
    void unknownOptionsOfCommandsEndWithTwo(String command) {
        Program.Result result = program.call(command, "--nonsense");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("Usage: crowdlab-etl " + command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--crowdlab.threads=2",
                "--spring.datasource.url=jdbc:postgresql://host/db?a=b",
                "--logging.level.root=debug",
                "--crowdlab.datasets.d.classes[0]=",
                "--crowdlab.datasets.d.annotations-query=select 1\nfrom t"
            })
    void settingsMayStandAnywhere(String setting) {
        assertThat(program.call(setting, "run", "--help").exitCode()).isZero();
        assertThat(program.call("run", setting, "--help").exitCode()).isZero();
        assertThat(program.call("run", "--help", setting).exitCode()).isZero();
    }

    @Test
    void settingsReachTheSettings() {
        Program.Result result = program.with("crowdlab.threads", "0").call("datasets", "--crowdlab.block-rows=0");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err().lines())
                .containsExactly(
                        "crowdlab.threads: '0' is not a whole number from 1 to 1024",
                        "crowdlab.block-rows: '0' is not a whole number from 1 to 1000000");
    }

    @Test
    void wrongOrMissingArgumentsEndWithTwo() {
        assertThat(program.call("show").exitCode()).isEqualTo(2);
        assertThat(program.call("show", "latest").exitCode()).isEqualTo(2);
        assertThat(program.call("run", "--parallel", "many").exitCode()).isEqualTo(2);
        assertThat(program.call("load").exitCode()).isEqualTo(2);
        Program.Result nameless = program.call("load", "--dataset", "two words");
        assertThat(nameless.exitCode()).isEqualTo(2);
        assertThat(nameless.err().strip())
                .isEqualTo("--dataset: 'two words' is not a name of 1 to 100 letters, digits, _ and -; rename it");
        Program.Result nothing = program.call("load", "--dataset", "d");
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err().strip())
                .isEqualTo("There is nothing to load: give --annotations, --predictions or --gold");
    }
}
