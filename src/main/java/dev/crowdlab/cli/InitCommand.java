package dev.crowdlab.cli;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.Application.DatabaseChoice;
import dev.crowdlab.plan.Databases;
import dev.crowdlab.proposal.FoundInput;
import dev.crowdlab.proposal.ProposedFile;
import dev.crowdlab.proposal.ProposedFile.Login;
import dev.crowdlab.proposal.TableFinder;
import dev.crowdlab.text.Plural;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code init}: a first file of settings. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a first application.yml with comments. With --spring.datasource.url=… (and username and password) it looks at"
                    + " the names and types of the columns there, no rows, and proposes queries for the tables that look like"
                    + " annotations and predictions. If --crowdlab.source.url=… (with username and password) is also given, it looks"
                    + " there instead, and writes both. If it finds the tables of Label Studio, it reads the labeling"
                    + " configurations of the projects, and proposes datasets for them. On a terminal it asks for what is not"
                    + " given, and which of several tables to read. Overwrites no file.",
            ""
        })
final class InitCommand implements Callable<Integer> {

    private static final String RESULTS = "spring.datasource";
    private static final String SOURCE = "crowdlab.source";
    private static final String URL = RESULTS + ".url";

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "application.yml",
            description = "The file to write. Default: ${DEFAULT-VALUE}, where the program finds it.")
    private Path out = Path.of("");

    @Override
    public Integer call() throws SQLException {
        ProgramCall command = requireNonNull(parent);
        Path file = out.toAbsolutePath().normalize();
        if (Files.exists(file)) {
            throw exists(file);
        }
        new OutputFile(file).requireWritable();
        Optional<InitDialog> dialog = InitDialog.ofProcess();
        if (!command.environment().containsProperty(URL)) {
            dialog.ifPresent(asking -> asking.ask().forEach(command::set));
        }
        ConfigurableEnvironment environment = command.environment();
        boolean isConnected = environment.containsProperty(URL);
        FoundInput found = isConnected ? find(command) : FoundInput.NONE;
        FoundInput input = dialog.map(asking -> asking.choose(found)).orElse(found);
        write(file, ProposedFile.text(login(environment, RESULTS), source(environment), input));
        command.out().println("Wrote " + file + ", " + summary(isConnected, input));
        return ExitCode.OK;
    }

    private static FoundInput find(ProgramCall command) throws SQLException {
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            return TableFinder.find(application.bean(Databases.class).source());
        }
    }

    private static String summary(boolean isConnected, FoundInput input) {
        if (!isConnected) {
            return "with an example; with --spring.datasource.url=jdbc:postgresql://… it would have looked for tables";
        }
        long projects = input.projects().datasetCount();
        if (projects > 0) {
            return "with " + Plural.of(projects, "dataset", "datasets")
                    + " of Label Studio's projects; check them, then call validate";
        }
        if (!input.projects().missingRights().isEmpty()) {
            return "without the projects of Label Studio: its tables are there, but this user may not read them, and lacks "
                    + String.join("; ", input.projects().missingRights())
                    + "; grant this, remove the file, and call init again";
        }
        return input.annotations().isEmpty()
                ? "in which you still have to describe a dataset: no table that this user may read has columns that"
                        + " look like an example, an annotator and a label; if there is one, grant usage on its schema and"
                        + " select on it, remove the file, and call init again"
                : "with queries for the tables that fit best; check them, then call validate";
    }

    private static Optional<Login> source(ConfigurableEnvironment environment) {
        return environment.containsProperty(SOURCE + ".url")
                ? Optional.of(login(environment, SOURCE))
                : Optional.empty();
    }

    private static Login login(ConfigurableEnvironment environment, String section) {
        String url = environment.getProperty(section + ".url", "");
        return new Login(
                Optional.of(url).filter(text -> !text.isEmpty() && !text.matches("(?is).*(password|secret|token).*")),
                Optional.ofNullable(environment.getProperty(section + ".username")),
                url.isEmpty()
                        || !environment.getProperty(section + ".password", "").isEmpty());
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        } catch (IOException e) {
            throw new UsageException("File " + file + " cannot be written: " + e.getMessage());
        }
    }

    private static UsageException exists(Path file) {
        return new UsageException(
                "File " + file + " exists and is not overwritten; move it away, or name another one with --out");
    }
}
