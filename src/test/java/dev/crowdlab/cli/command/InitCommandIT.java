package dev.crowdlab.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.init.FoundInput;
import dev.crowdlab.init.ProposedFile;
import dev.crowdlab.init.ProposedFile.Login;
import dev.crowdlab.init.TableFinder;
import dev.crowdlab.input.LabelStudioTables;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import dev.crowdlab.text.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of settings that are proposed, and used as they are. */
class InitCommandIT {

    /** Tables as a labeling tool has them, and others that only look a little like them. */
    private static final String TABLES = """
            create schema tasks;
            create table tasks.vote (id bigserial primary key, task_id bigint, worker text, label text, created_at timestamptz,
                extra jsonb);
            create table tasks.model_output (task_id bigint, model_version text, label text, score double precision);
            create table tasks.task (id bigint primary key, text text, created_by text);
            create table public.rating (item_id uuid, user_id integer, rating integer);
            create table public.event (user_id bigint, label jsonb, created_at timestamptz, item_id bigint);
            insert into tasks.vote (task_id, worker, label, created_at)
                select e, 'w' || a, (array['blue', 'green'])[1 + (e + (a * e) % 7 / 6) % 2], now()
                from generate_series(1, 30) e, generate_series(1, 3) a;
            insert into tasks.model_output (task_id, model_version, label, score)
                select e, 'm1', c.label, case when c.number = e % 2 then 0.8 else 0.2 end
                from generate_series(1, 30) e, (values ('blue', 0), ('green', 1)) c (label, number)""";

    @TempDir
    private Path directory;

    @Test
    void proposesQueriesThatRun() throws Exception {
        try (Warehouse warehouse = Warehouse.empty()) {
            warehouse.execute(TABLES);
            Path file = directory.resolve("application.yml");
            Result result = warehouse.program().call("init", "--out", file.toString());
            assertThat(result.err()).isEmpty();
            assertThat(result.exitCode()).isZero();
            assertThat(result.out())
                    .startsWith(
                            "Wrote " + file
                                    + ", with queries for the tables that fit best, without 2 other tables (the file says why); check them, then call");
            assertThat(Files.readString(file))
                    .contains(
                            "    \"vote\":\n",
                            "        select task_id as example_id, worker as annotator_id, label as label, created_at as annotated_at\n"
                                    + "        from tasks.vote\n",
                            "        select task_id as example_id, label as label, model_version as model, score as probability\n"
                                    + "        from tasks.model_output\n",
                            "      #   select item_id as example_id, user_id as annotator_id, rating as label from public.rating\n",
                            "# select distinct label from tasks.vote",
                            "url: \"" + warehouse.database().url() + "\"",
                            "\n# These tables are left out:\n#   public.event: no column looks like a label\n"
                                    + "#   tasks.task: no column looks like an example or a label\n");
            Result run = Program.withoutDatabase()
                    .with("spring.datasource.password", warehouse.database().password())
                    .withVariable("ETL_PASSWORD", warehouse.database().password())
                    .callInNewProcess(directory, "run");
            assertThat(run.exitCode()).as(run.out()).isZero();
            assertThat(run.out()).containsPattern("vote +1 +published +30 +90 +3 +0 ");
        }
    }

    @Test
    void asksWhichOfSeveralTablesToRead() throws Exception {
        try (Warehouse warehouse = Warehouse.empty()) {
            warehouse.execute(
                    TABLES,
                    "create table public.guess (item_id text, model text, label text, probability float8)",
                    "create table public.other_guess (item_id text, label text, probability float8)");
            FoundInput found = TableFinder.find(warehouse.database().dataSource());
            List<String> questions = new ArrayList<>();
            assertThat(proposed(InitDialogTest.answering(questions, "", "").choose(found)))
                    .isEqualTo(proposed(found))
                    .contains("from tasks.vote\n", "from tasks.model_output\n");
            assertThat(questions).hasSize(2);
            assertThat(questions.get(0))
                    .containsSubsequence(
                            "look like annotations",
                            "   1  tasks.vote",
                            "   2  public.rating",
                            "Which one, 1 to ",
                            "(empty: 1): ");
            assertThat(questions.get(1))
                    .containsSubsequence(
                            "look like predictions", "   1  tasks.model_output", "or 0 for none (empty: 1): ");
            assertThat(InitDialogTest.answering(questions).choose(found))
                    .as("no answers are no choice")
                    .isEqualTo(found);
            questions.clear();
            assertThat(proposed(InitDialogTest.answering(questions, "x", "99", " 2 ", "2")
                            .choose(found)))
                    .contains(
                            "    \"rating\":\n",
                            "        from public.rating\n",
                            "created_at as annotated_at from tasks.vote\n")
                    .contains("        from public.other_guess\n");
            assertThat(questions.get(1)).startsWith("That is not one of the numbers. Which one, 1 to ");
            assertThat(questions.get(3))
                    .as("they name the example as ratings do")
                    .contains("   1  public.guess");
            assertThat(proposed(InitDialogTest.answering(questions, "1", "0").choose(found)))
                    .contains("        from tasks.vote\n", "# predictions-query: select ...")
                    .doesNotContain("guess");
            InitDialog refusing = InitDialogTest.answering(questions, "0", "-1", "1.5");
            assertThatThrownBy(() -> refusing.choose(found)).isInstanceOf(UsageException.class);
        }
    }

    private static String proposed(FoundInput input) {
        return ProposedFile.of(new Login(Optional.empty(), Optional.empty(), Optional.empty()), Optional.empty(), input)
                .text();
    }

    @Test
    void namesTheDatabaseOfTheAnnotationsToo() throws Exception {
        try (Warehouse results = Warehouse.empty();
                Warehouse annotations = Warehouse.empty()) {
            String password = "pa55-of-source";
            annotations.execute(
                    TABLES, "create role init_source login password '" + password + "' in role pg_read_all_data");
            Path file = directory.resolve("application.yml");
            Result result = results.program()
                    .with("crowdlab.source.url", annotations.database().url())
                    .with("crowdlab.source.username", "init_source")
                    .with("crowdlab.source.password", password)
                    .call("init", "--out", file.toString());
            assertThat(result.err()).isEmpty();
            assertThat(result.exitCode()).isZero();
            assertThat(Files.readString(file))
                    .contains(
                            "url: \"" + results.database().url() + "\"",
                            "crowdlab.source:\n  url: \""
                                    + annotations.database().url() + "\"\n  username: \"init_source\"\n",
                            "  password: ${SOURCE_PASSWORD} # a variable",
                            "from tasks.vote\n")
                    .doesNotContain(password);
            Program settings = Program.withoutDatabase()
                    .withVariable("ETL_PASSWORD", results.database().password())
                    .withVariable("SOURCE_PASSWORD", password)
                    .with("spring.datasource.password", results.database().password());
            assertThat(settings.callInNewProcess(directory, "migrate").exitCode())
                    .isZero();
            Result validated = settings.callInNewProcess(directory, "validate");
            assertThat(validated.exitCode()).as(validated.out()).isZero();
            annotations.execute("drop role init_source");
        }
    }

    @Test
    @Tag("slow")
    void quotesWhatNamesMayHold() throws Exception {
        try (Warehouse warehouse = Warehouse.empty()) {
            warehouse.execute(
                    "create table \"Votes: '#1\" (\"Task_ID\" text, \"USER\" text, label text)",
                    "insert into \"Votes: '#1\" select e::text, 'u' || a, 'l' || (e + a * e % 5 / 4) % 2"
                            + " from generate_series(1, 20) e, generate_series(1, 3) a",
                    "create table \"a\nb${X}\" (task_id text, \"user\" text, label text)");
            Path file = directory.resolve("application.yml");
            assertThat(warehouse
                            .program()
                            .call("init", "--out", file.toString())
                            .exitCode())
                    .isZero();
            assertThat(Files.readString(file))
                    .contains(
                            "\"votes____1\":",
                            "annotations-query: \"select \\\"Task_ID\\\" as example_id, \\\"USER\\\" as annotator_id, label as label\\n"
                                    + "from public.\\\"Votes: '#1\\\"\"\n",
                            "#   select task_id as example_id, \"user\" as annotator_id, label as label from public.\"a\\u000ab${X}\"\n");
            Result run = Program.withoutDatabase()
                    .with("spring.datasource.password", warehouse.database().password())
                    .callInNewProcess(directory, "run");
            assertThat(run.exitCode()).as(run.out()).isZero();
            assertThat(run.out()).containsPattern("votes____1 +1 +published +20 +60 ");
        }
    }

    @Test
    @Tag("slow")
    void makesDatasetsOfTheProjectsOfLabelStudio() throws Exception {
        try (Warehouse warehouse = Warehouse.empty()) {
            LabelStudioTables.fill(warehouse);
            Path file = directory.resolve("application.yml");
            Result result = warehouse.program().call("init", "--out", file.toString());
            assertThat(result.err()).isEmpty();
            assertThat(result.out())
                    .isEqualToIgnoringNewLines(
                            "Wrote " + file
                                    + ", with 3 datasets of Label Studio's projects, without 2 projects that cannot be read"
                                    + " (RectangleLabels 1; a labeling configuration that is not XML 1); check them, then call validate");
            assertThat(Files.readString(file)).contains("""
                    crowdlab:
                      datasets:
                        # Project 12, Sentiment: "reviews"
                        "project-12":
                          source: label-studio
                          project: 12
                          from-name: "sentiment"
                          classes: ["negative", "neutral", "positive"]
                        # Project 13, Spam
                        "project-13-it-s-spam":
                          source: label-studio
                          project: 13
                          from-name: "it's spam\\\\"
                          classes: ["no", "yes"]
                        # Project 13, Spam
                        "project-13-language":
                          source: label-studio
                          project: 13
                          from-name: "language"
                          classes: ["de", "en"]
                        # Project 14; its choices are in the tasks' data: list them as classes
                        # "project-14":
                          # source: label-studio
                          # project: 14
                          # from-name: "kind"
                          # classes: []

                    # Projects of Label Studio without such a question are left out:
                    #   project 15, Boxes: RectangleLabels
                    #   project 16, Broken: a labeling configuration that is not XML

                    # Other questions of projects are left out:
                    #   project 12, Sentiment: "reviews": Choices, multiple and TextArea
                    """);
            warehouse.program().call(0, "migrate");
            assertThat(warehouse
                            .program()
                            .with("spring.config.additional-location", file.toString())
                            .call(0, "validate"))
                    .contains("Datasets that can be run: 3.");
            Result run = Program.withoutDatabase()
                    .with("spring.datasource.password", warehouse.database().password())
                    .callInNewProcess(directory, "run", "--dataset", "project-13-it-s-spam");
            assertThat(run.exitCode()).as(run.out()).isZero();
            assertThat(run.out()).containsPattern("project-13-it-s-spam +1 +published +30 +90 +4 +0 ");
        }
    }

    @Test
    void saysWhichRightsOnTheTablesOfLabelStudioAreMissing() throws Exception {
        String user = "init_command_it";
        try (Warehouse warehouse = Warehouse.empty()) {
            LabelStudioTables.fill(warehouse);
            warehouse.execute(
                    "create role " + user + " login password 'x'",
                    "revoke all on schema public from public",
                    "grant select on public.task_completion, public.prediction to " + user,
                    "grant select (id) on public.project to " + user);
            Program program = Program.withoutDatabase()
                    .with("spring.datasource.url", warehouse.database().url())
                    .with("spring.datasource.username", user)
                    .with("spring.datasource.password", "x");
            Path file = directory.resolve("application.yml");
            Result result = program.call("init", "--out", file.toString());
            assertThat(result.err()).isEmpty();
            assertThat(result.out())
                    .isEqualToIgnoringNewLines(
                            "Wrote " + file
                                    + ", without the projects of Label Studio: its tables are there, but this user may not read"
                                    + " them, and lacks usage on schema public; select (title, label_config, deleted_at) on"
                                    + " public.project; select (id, project_id) on public.task; grant this, remove the file, and call init again");
            warehouse.execute(
                    "grant usage on schema public to " + user,
                    "grant select (title, label_config, deleted_at) on public.project to " + user,
                    "grant select (id, project_id) on public.task to " + user);
            Result granted = program.call(
                    "init", "--out", directory.resolve("granted.yml").toString());
            assertThat(granted.out()).contains("with 3 datasets of Label Studio's projects");
            warehouse.execute("drop owned by " + user, "drop role " + user);
        }
    }

    @Test
    void replacesNoFile() throws Exception {
        Path file = Files.writeString(directory.resolve("application.yml"), "crowdlab.threads: 1\n");
        Result result = Program.withoutDatabase().call("init", "--out", file.toString());
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .isEqualToIgnoringNewLines("File " + file
                        + " exists and is not overwritten; move it away, or name another one with --out");
        assertThat(file).hasContent("crowdlab.threads: 1\n");
    }

    @Test
    @Tag("slow")
    void givesAnExampleWhereThereIsNothingToLookAt() throws Exception {
        Result result = Program.withoutDatabase().callInNewProcess(directory, "init");
        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out()).contains("with an example; with --spring.datasource.url=");
        assertThat(Files.readString(directory.resolve("application.yml")))
                .contains("url: ${ETL_URL}", "#     sentiment:", "password: ${ETL_PASSWORD}");
        Result config = Program.withoutDatabase()
                .withVariable("ETL_URL", "jdbc:postgresql://there/warehouse")
                .withVariable("ETL_USER", "etl")
                .withVariable("ETL_PASSWORD", "pa55")
                .callInNewProcess(directory, "config");
        assertThat(config.exitCode()).as(config.out()).isZero();
        assertThat(config.out()).contains("jdbc:postgresql://there/warehouse").doesNotContain("pa55");
    }

    @Test
    void saysThatNoTableLooksLikeAnnotations() throws SQLException, IOException {
        try (Warehouse warehouse = Warehouse.empty()) {
            Path file = directory.resolve("settings.yml");
            String url = warehouse.database().url();
            String needed = warehouse.database().password();
            String password = needed.isEmpty() ? "pa55" : needed; // a server that asks for none takes any
            Result result = warehouse
                    .program()
                    .with("spring.datasource.url", url + (url.contains("?") ? "&" : "?") + "password=" + password)
                    .call("init", "--out", file.toString());
            assertThat(result.err()).isEmpty();
            assertThat(result.out())
                    .contains(
                            "in which you still have to describe a dataset: no table that this user may read has columns")
                    .contains("grant usage on its schema and select on it");
            assertThat(result.exitCode()).isZero();
            assertThat(Files.readString(file)).contains("url: ${ETL_URL}").doesNotContain("password=");
        }
    }
}
