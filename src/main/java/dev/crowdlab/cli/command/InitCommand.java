package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.OutputFile;
import dev.crowdlab.configuration.ReadBack;
import dev.crowdlab.init.FoundInput;
import dev.crowdlab.init.ProposedFile;
import dev.crowdlab.init.ProposedFile.Login;
import dev.crowdlab.init.TableFinder;
import dev.crowdlab.plan.Databases;
import dev.crowdlab.text.UsageException;
import dev.crowdlab.text.VisibleText;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
                    + " given, and which of several tables to read. A password may be in the variable ETL_PASSWORD (of the source"
                    + " SOURCE_PASSWORD) or PGPASSWORD, or in a pgpass file. Overwrites no file.",
            ""
        })
final class InitCommand implements Callable<Integer> {

    private static final String RESULTS = "spring.datasource";
    private static final String SOURCE = "crowdlab.source";
    private static final String URL = RESULTS + ".url";
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "application.yml",
            description =
                    "The file to write; - is standard output. Default: ${DEFAULT-VALUE}, where the program finds it.")
    private Path out = Path.of("");

    @Override
    public Integer call() throws SQLException {
        ProgramCall command = requireNonNull(parent);
        Path file = out.toAbsolutePath().normalize();
        if (!isStandardOutput()) {
            if (Files.exists(file)) {
                throw exists(file);
            }
            new OutputFile(file).requireWritable();
        }
        Optional<InitDialog> dialog = InitDialog.ofProcess();
        if (!command.environment().containsProperty(URL)) {
            dialog.ifPresent(asking -> asking.ask().forEach(command::set));
        }
        Optional<String> password = setPassword(command, RESULTS, "ETL_PASSWORD");
        Optional<String> ofSource = setPassword(command, SOURCE, "SOURCE_PASSWORD");
        ConfigurableEnvironment environment = command.environment();
        boolean isConnected = environment.containsProperty(URL);
        FoundInput found = isConnected ? find(command) : FoundInput.NONE;
        FoundInput input = dialog.map(asking -> asking.choose(found)).orElse(found);
        Optional<Login> source = environment.containsProperty(SOURCE + ".url")
                ? Optional.of(login(environment, SOURCE, ofSource))
                : Optional.empty();
        String text = text(ProposedFile.of(login(environment, RESULTS, password), source, input));
        if (isStandardOutput()) {
            command.out().print(text);
            command.out().flush();
            command.err().println("Proposed settings " + InitSummary.of(isConnected, input));
        } else {
            write(file, text);
            command.out().println("Wrote " + file + ", " + InitSummary.of(isConnected, input));
        }
        return ExitCode.OK;
    }

    private boolean isStandardOutput() {
        return out.equals(STANDARD_OUTPUT);
    }

    /**
     * Takes a password that is not set from a variable, so that it can connect, and returns the name of the variable that the
     * file will refer to; empty if no password is known.
     */
    private static Optional<String> setPassword(ProgramCall command, String section, String variable) {
        ConfigurableEnvironment environment = command.environment();
        if (!environment.containsProperty(section + ".url")
                || !environment.getProperty(section + ".password", "").isEmpty()) {
            return Optional.of(variable);
        }
        Optional<String> found = Stream.of(variable, "PGPASSWORD")
                .filter(name -> !String.valueOf(
                                environment.getSystemEnvironment().getOrDefault(name, ""))
                        .isEmpty())
                .findFirst();
        found.ifPresent(name -> command.set(
                section + ".password",
                String.valueOf(environment.getSystemEnvironment().get(name))));
        return found;
    }

    /** The text of the file, if whoever reads it finds in it what is meant. */
    private static String text(ProposedFile proposed) {
        ReadBack.difference(proposed.text(), proposed.texts(), proposed.variables())
                .ifPresent(difference -> {
                    throw new UsageException(
                            "No settings are written: names in this database make a file that would not be"
                                    + " read as it is meant (" + VisibleText.line(difference)
                                    + "); write the file by hand, or as a user who may not read that table or project");
                });
        return proposed.text();
    }

    private static FoundInput find(ProgramCall command) throws SQLException {
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            return TableFinder.find(application.bean(Databases.class).source());
        }
    }

    private static Login login(ConfigurableEnvironment environment, String section, Optional<String> password) {
        return new Login(
                Optional.of(environment.getProperty(section + ".url", ""))
                        .filter(text -> !text.isEmpty() && !text.matches("(?is).*(password|secret|token).*")),
                Optional.ofNullable(environment.getProperty(section + ".username")),
                password);
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
