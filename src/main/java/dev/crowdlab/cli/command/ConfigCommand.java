package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ConfiguredDatabase;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.JsonDocument;
import dev.crowdlab.cli.terminal.TextTable;
import dev.crowdlab.configuration.ConfigurationReader;
import dev.crowdlab.configuration.EffectiveSettings;
import dev.crowdlab.configuration.EffectiveSettings.Setting;
import dev.crowdlab.export.DbtSources;
import dev.crowdlab.schema.Migration;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code config}: shows the effective settings and their origins. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = {
            "Prints every effective setting with its origin: file and line, variable, flag or default. Secrets"
                    + " are masked. Connects to nothing, unless for --dbt. Exits with 2 if a setting cannot be used, and"
                    + " says why.",
            ""
        })
final class ConfigCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Option(
            names = "--dbt",
            description = "Prints the views of crowdlab_bi as a source of dbt instead: sources.yml, with the meaning of"
                    + " every column, freshness and an exposure.")
    private boolean isForDbt;

    /**
     * The output for scripts.
     *
     * @param settings as the table lists them
     */
    record Document(List<Setting> settings) {

        Document {
            settings = List.copyOf(settings);
        }
    }

    @Override
    public Integer call() throws SQLException {
        ProgramCall command = requireNonNull(parent);
        if (isForDbt) {
            return printSources(command);
        }
        ConfigurableEnvironment environment = command.environment();
        List<Setting> settings = new EffectiveSettings(environment).all();
        if (output.isJson()) {
            new JsonDocument(new Document(settings)).print(command.out());
        } else {
            TextTable table = new TextTable("setting", "origin", "value");
            settings.forEach(setting -> table.add(
                    setting.name(), setting.origin(), setting.value().strip().replaceAll("\\s+", " ")));
            table.lines().forEach(command.out()::println);
        }
        List<String> problems = new ArrayList<>(ConfiguredDatabase.unset(environment));
        problems.addAll(ConfigurationReader.examine(environment).problems());
        problems.forEach(command.err()::println);
        return problems.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
    }

    private int printSources(ProgramCall command) throws SQLException {
        if (output.isJson()) {
            command.err().println("--dbt prints YAML; leave --output out");
            return ExitCode.USAGE;
        }
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            application.bean(Migration.class).requireCurrent();
            command.out().print(new DbtSources(application.bean(DataSource.class)).yaml());
            return ExitCode.OK;
        }
    }
}
