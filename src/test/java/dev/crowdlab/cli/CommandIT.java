package dev.crowdlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.FreePort;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a person calls them: processes of their own, in an empty directory or on a configured database. */
final class CommandIT {

    /** The directory of a newcomer's first call. */
    @TempDir
    private static Path home;

    private static Program.Result first;

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();

    @BeforeAll
    static void callForTheFirstTime() throws IOException, InterruptedException {
        first = embedded().callInNewProcess(home);
        assertThat(first.exitCode()).as(first.out()).isZero();
    }

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void theNewcomerGetsASampleOnceAndNothingNewAfterwards() throws Exception {
        assertThat(first.out())
                .contains("loaded a generated sample, dataset support-tickets")
                .containsPattern("support-tickets +6 +published +739 +2,304 +14 +35 ")
                .containsPattern("(?m)^The report, for your browser: /.*/report-support-tickets\\.html$")
                .containsPattern("(?m)^  PGPASSFILE=\\S+/pgpass psql -h 127\\.0\\.0\\.1 -p ");
        Program program = embedded()
                .with("crowdlab.embedded.directory", home.resolve(".crowdlab").toString());
        Program.Result second = program.call();
        assertThat(second.exitCode()).as(second.out()).isZero();
        assertThat(second.out())
                .containsPattern("support-tickets +7 +nothing new ")
                .doesNotContain("loaded");
        Program.Result run = program.call("run", "--force");
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out()).containsPattern("support-tickets +8 +published ").doesNotContain("psql");
    }

    @Test
    @Tag("slow")
    void whereADatasetIsConfiguredNoSampleIsLoaded() throws Exception {
        Files.createSymbolicLink(
                Files.createDirectory(directory.resolve(".crowdlab")).resolve("binaries"),
                home.resolve(".crowdlab/binaries"));
        Program.Result result = embedded()
                .with(
                        "crowdlab.datasets.mine.annotations-query",
                        "select 1 as example_id, n as annotator_id, 'label ' || n as label from generate_series(1, 2) n")
                .with(
                        "crowdlab.embedded.directory",
                        directory.resolve(".crowdlab").toString())
                .call();
        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out()).containsPattern("mine +1 +published ").doesNotContain("loaded", "support-tickets");
    }

    @Test
    @Tag("slow")
    void theEmbeddedDatabaseStaysUpForOneProcessAndOutlivesItsKill() throws Exception {
        Program program = embedded();
        Process keeper = program.start(home, "database");
        started.add(keeper);
        awaitOutput("/pgpass psql -h 127.0.0.1");
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Program.Result other = program.with(
                        "crowdlab.embedded.directory", home.resolve(".crowdlab").toString())
                .callInNewProcess(elsewhere, "runs");
        assertThat(other.exitCode()).as(other.out()).isEqualTo(4);
        assertThat(other.out().lines()).as(other.out()).hasSize(1);
        assertThat(keeper.destroyForcibly().waitFor(120, TimeUnit.SECONDS)).isTrue();
        Program.Result after = program.callInNewProcess(elsewhere, "runs");
        assertThat(after.exitCode()).as(after.out()).isZero();
        assertThat(after.out()).contains("PUBLISHED (current)");
    }

    @Test
    void aJobThatLostItsDatabaseAnalysesNoSample() throws Exception {
        for (String command : new String[] {"run", "migrate", "datasets", "runs"}) {
            Program.Result result = embedded()
                    .with(
                            "crowdlab.embedded.directory",
                            directory.resolve(".crowdlab").toString())
                    .call(command);
            assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
            assertThat(result.err().lines()).as(result.err()).hasSize(1);
            assertThat(result.err()).contains("spring.datasource.url").contains(".crowdlab");
            assertThat(result.out()).isEmpty();
            assertThat(directory.resolve(".crowdlab")).doesNotExist();
        }
    }

    @Test
    @Tag("slow")
    void anUnreachableDatabaseIsToldAtOnceAndWhenTheTimeIsOver() throws Exception {
        Program program = Program.withoutDatabase()
                .with("spring.datasource.url", "jdbc:postgresql://127.0.0.1:" + FreePort.find() + "/nowhere")
                .with("spring.datasource.username", "me")
                .with("spring.datasource.password", "s3cret-pa55")
                .with("crowdlab.retry", "1s");
        Instant started = Instant.now();
        Program.Result result = program.callInNewProcess(directory, "run");
        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(60));
        assertThat(result.exitCode()).as(result.out()).isEqualTo(5);
        assertThat(result.out().lines()).as(result.out()).hasSize(2);
        assertThat(result.out().lines().findFirst().orElseThrow())
                .startsWith("Retrying for 1 s. The database cannot be reached; check ");
        assertThat(result.out()).contains("cannot be reached; check").doesNotContain("s3cret-pa55");
        Program.Result verbose = program.with("crowdlab.retry", "0s").callInNewProcess(directory, "run", "--verbose");
        assertThat(verbose.exitCode()).isEqualTo(5);
        assertThat(verbose.out()).contains("\tat ").doesNotContain("s3cret-pa55");
    }

    @Test
    @Tag("slow")
    void aSignalEndsTheWaitForADatabase() throws Exception {
        Process process = Program.withoutDatabase()
                .with("spring.datasource.url", "jdbc:postgresql://127.0.0.1:" + FreePort.find() + "/nowhere")
                .start(directory, "run");
        Path output = directory.resolve("out.txt");
        while (process.isAlive() && !Files.readString(output).contains("Retrying for 120 s. ")) {
            Thread.sleep(20);
        }
        Instant signaled = Instant.now();
        process.destroy();
        assertThat(process.waitFor()).as(Files.readString(output)).isEqualTo(128 + 15);
        assertThat(Duration.between(signaled, Instant.now())).isLessThan(Duration.ofSeconds(30));
        assertThat(Files.readString(output)).doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    void aUserWhomTheServerDoesNotKnowIsToldApartFromAFailedDataset() {
        try (TestDatabase database = TestDatabase.create()) {
            Program.Result result = Program.withoutDatabase()
                    .with("spring.datasource.url", database.url())
                    .with("spring.datasource.username", "command_it_nobody")
                    .with("spring.datasource.password", "s3cret-pa55")
                    .call("run");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(result.err()).contains("command_it_nobody").doesNotContain("s3cret-pa55");
        }
    }

    @Test
    void filesAreLoadedListedRunAndShown() throws IOException {
        Path annotations = Files.writeString(
                directory.resolve("annotations.csv"),
                "label,example_id,annotator_id\ncat,e1,ann\ncat,e1,bob\ndog,e2,ann\n");
        Path predictions = Files.writeString(
                directory.resolve("predictions.csv"),
                "example_id,label,probability\ne1,cat,0.9\ne1,dog,0.1\ne2,cat,0.3\ne2,dog,0.7\n");
        try (TestDatabase database = TestDatabase.create()) {
            Program program = Program.on(database);
            Program.Result load = program.call(
                    "load",
                    "--dataset",
                    "pets",
                    "--annotations",
                    annotations.toString(),
                    "--predictions",
                    predictions.toString());
            assertThat(load.exitCode()).as(load.err()).isZero();
            assertThat(load.out())
                    .contains("Loaded 3 rows into crowdlab.annotation, dataset pets. It had none there before.")
                    .contains("Loaded 4 rows into crowdlab.prediction, dataset pets.");
            assertThat(program.call("datasets").out()).containsPattern("pets +built-in tables +- ");
            assertThat(program.call("run").out()).containsPattern("pets +1 +published +2 +3 +2 +0 ");
            assertThat(program.call("datasets").out()).containsPattern("pets +built-in tables +1 ");
            assertThat(program.call("runs", "--dataset", "pets").out())
                    .containsPattern("1 +pets .*PUBLISHED \\(current\\)");
            assertThat(program.call("show", "1").out())
                    .containsPattern("is_current +yes")
                    .containsPattern("started_by +" + database.user() + "@.+, system user ")
                    .containsPattern("duration +00:00:")
                    .containsPattern("annotations_query +none: crowdlab.annotation")
                    .containsPattern("num_annotations +3")
                    .containsPattern("hash +[0-9a-f]{64}")
                    .containsPattern("detailed_label_quality +3 rows, digest [0-9a-f]{64}")
                    .containsPattern("default +weight [0-9.]+, temperature none")
                    .containsPattern(
                            "consensus methods\\R +best_quality +published\\R +majority_vote +100.0 % of the labels equal to the published\\R")
                    .containsPattern("number +2")
                    .containsPattern("annotator_weight +[0-9]\\.[0-9]{4} to [0-9]\\.[0-9]{4}\\R")
                    .contains("REJECTED_SHARE");
            assertThat(program.call("show", "7").exitCode()).isEqualTo(2);
            assertThat(program.call("show", "7").err()).startsWith("There is no run 7;");
        }
    }

    @Test
    void aBrokenFileAndABadNameAreUsageErrors() throws IOException {
        Path broken = Files.writeString(
                directory.resolve("broken.csv"), "example_id,label,probability\ne1,cat,0.9\ne1,dog,lots\n");
        try (TestDatabase database = TestDatabase.create()) {
            Program program = Program.on(database);
            Program.Result load = program.call("load", "--dataset", "pets", "--predictions", broken.toString());
            assertThat(load.exitCode()).isEqualTo(2);
            assertThat(load.err()).contains("broken.csv").contains("line 3").contains("lots");
            assertThat(program.call("load", "--dataset", "my pets", "--predictions", broken.toString())
                            .exitCode())
                    .isEqualTo(2);
            assertThat(program.call("load", "--dataset", "pets").err()).startsWith("There is nothing to load");
        }
    }

    @Test
    @Tag("slow")
    void aLoadIsDurableReadsTheStandardInputAndRefusesNoRows() throws Exception {
        Path csv = Files.writeString(
                directory.resolve("annotations.csv"), "example_id,annotator_id,label\n" + "e1,ann,cat\n".repeat(2_311));
        try (TestDatabase database = TestDatabase.create()) {
            Program program = Program.on(database);
            assertThat(program.call("migrate").exitCode()).isZero();
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("do $$ begin execute format("
                        + "'alter database %I set synchronous_commit = remote_write', current_database()); end $$");
                statement.execute("create table public.noted (waits_for text)");
                statement.execute("grant insert on public.noted to public");
                statement.execute(
                        "create function public.note() returns trigger language plpgsql as $$ begin insert into"
                                + " public.noted values (current_setting('synchronous_commit')); return null; end $$");
                statement.execute("create trigger note after insert on crowdlab.annotation"
                        + " for each statement execute function public.note()");
                Process load = program.start(directory, csv, "load", "--dataset", "pets", "--annotations", "-");
                assertThat(load.waitFor(120, TimeUnit.SECONDS)).isTrue();
                assertThat(Files.readString(directory.resolve("out.txt")))
                        .contains("Loaded 2,311 rows into crowdlab.annotation");
                try (ResultSet noted = statement.executeQuery("select string_agg(waits_for, ' ') from public.noted")) {
                    noted.next();
                    assertThat(noted.getString(1)).isEqualTo("remote_write");
                }
            }
            assertThat(program.call("validate").out()).contains("about 2,311 annotation");
            Path empty = Files.writeString(directory.resolve("empty.csv"), "example_id,annotator_id,label\n");
            List<String> words =
                    new ArrayList<>(List.of("load", "--dataset", "pets", "--annotations", empty.toString()));
            Program.Result refused = program.call(words.toArray(String[]::new));
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.err()).startsWith(empty + " has no rows").contains("--allow-empty");
            words.add("--allow-empty");
            assertThat(program.call(words.toArray(String[]::new)).out())
                    .contains("Loaded 0 rows into crowdlab.annotation, dataset pets. It had 2,311 there before.");
            Program.Result twice =
                    program.call("load", "--dataset", "pets", "--annotations", "-", "--predictions", "-");
            assertThat(twice.exitCode()).isEqualTo(2);
            assertThat(twice.err()).contains("there is one standard input");
        }
    }

    private static Program embedded() throws IOException {
        return Program.withoutDatabase().with("crowdlab.embedded.port", String.valueOf(FreePort.find()));
    }

    private void awaitOutput(String text) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plusSeconds(60);
        while (!Files.readString(home.resolve("out.txt")).contains(text)) {
            assertThat(Instant.now()).as("still no '%s'", text).isBefore(deadline);
            Thread.sleep(100);
        }
    }
}
