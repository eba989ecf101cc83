package dev.crowdlab.cli.call;

import dev.crowdlab.cli.call.Trial.OwnDatabase;
import dev.crowdlab.cli.terminal.LogOutput;
import dev.crowdlab.cli.terminal.UnreadSettingsException;
import dev.crowdlab.configuration.ConfigurationReader;
import dev.crowdlab.configuration.FileSettings;
import dev.crowdlab.configuration.JsonSettings;
import dev.crowdlab.job.JobBeans;
import dev.crowdlab.postgres.ConnectRetry;
import dev.crowdlab.settings.EmbeddedSettings;
import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.settings.SettingsReader.Examined;
import dev.crowdlab.text.UsageException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** The Spring context of a command, and the trial's own database if the command uses it. */
public final class Application implements AutoCloseable {

    private final DatabaseChoice choice;
    private final Shutdown shutdown;
    private final Optional<Trial> trial;
    private final @Nullable Consumer<String> problems;
    private final Consumer<Settings> whenRead;
    private @Nullable OwnDatabase own;
    private @Nullable ConfigurableApplicationContext context;
    private boolean areSettingsRead;
    private Duration retry = Duration.ZERO;

    private Application(
            DatabaseChoice choice,
            Shutdown shutdown,
            Optional<Trial> trial,
            @Nullable Consumer<String> problems,
            Consumer<Settings> whenRead) {
        this.whenRead = whenRead;
        this.choice = choice;
        this.shutdown = shutdown;
        this.trial = trial;
        this.problems = problems;
    }

    /** Which database a command uses if none is configured. */
    public enum DatabaseChoice {
        /** The trial's own, which is created if necessary. */
        OWN,
        /** The trial's own if it exists, otherwise none: a nightly job that lost its URL must not analyze a sample. */
        OWN_IF_IT_EXISTS
    }

    /** Only the parts of Boot's auto-configuration that are used, which saves 0.2 of 1.8 s of CPU time. */
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        BatchJdbcAutoConfiguration.class
    })
    @Import(JobBeans.class)
    static class Beans {}

    /** Nothing is needed to look at settings. */
    static class NoBeans {}

    /**
     * Starts the context.
     *
     * @param settings flags for Spring, {@code --name=value}
     * @param shutdown waits once there is a database to stop
     * @param trial the trial's parts; empty: only a configured database can be used
     */
    public static Application start(
            DatabaseChoice choice, List<String> settings, Shutdown shutdown, Optional<Trial> trial) {
        return start(choice, settings, shutdown, trial, read -> {});
    }

    /**
     * Starts the context.
     *
     * @param whenRead receives the settings once they are read and found valid, before any database is looked up
     */
    static Application start(
            DatabaseChoice choice,
            List<String> settings,
            Shutdown shutdown,
            Optional<Trial> trial,
            Consumer<Settings> whenRead) {
        return start(new Application(choice, shutdown, trial, null, whenRead), settings);
    }

    /**
     * Starts the context with defaults in place of invalid settings.
     *
     * @param problems receives one sentence for each invalid setting, before any database is looked up
     */
    static Application startCollectingProblems(
            DatabaseChoice choice,
            List<String> settings,
            Shutdown shutdown,
            Optional<Trial> trial,
            Consumer<String> problems) {
        return start(new Application(choice, shutdown, trial, problems, read -> {}), settings);
    }

    /** Reads the settings alone, from all their sources, right or wrong; knows of no database. */
    static ConfigurableEnvironment environment(List<String> settings) {
        try (ConfigurableApplicationContext context = spring(NoBeans.class).run(settings.toArray(String[]::new))) {
            return context.getEnvironment();
        } catch (RuntimeException e) {
            throw new UnreadSettingsException(e);
        }
    }

    private static SpringApplication spring(Class<?> beans) {
        LogOutput.silence();
        SpringApplication spring = new SpringApplication(beans);
        spring.setRegisterShutdownHook(false);
        spring.addListeners(new JsonSettings(), new FileSettings(), new LogOutput.FileCheck(), new LogOutput());
        return spring;
    }

    private static Application start(Application application, List<String> settings) {
        try {
            application.context =
                    new ConnectRetry(() -> application.retry).call(() -> application.newContext(settings));
            return application;
        } catch (RuntimeException | Error e) {
            try (application) {
                throw e;
            }
        }
    }

    /** Creates the context. If a bean cannot get a connection this fails as a whole, and can be retried as a whole. */
    private ConfigurableApplicationContext newContext(List<String> settings) {
        SpringApplication spring = spring(Beans.class);
        spring.addInitializers((ApplicationContextInitializer<ConfigurableApplicationContext>) this::prepare);
        areSettingsRead = false;
        try {
            return spring.run(settings.toArray(String[]::new));
        } catch (RuntimeException e) {
            throw areSettingsRead ? e : new UnreadSettingsException(e);
        }
    }

    private void prepare(ConfigurableApplicationContext created) {
        areSettingsRead = true;
        Examined examined = ConfigurationReader.examine(created.getEnvironment());
        if (problems != null) {
            examined.problems().forEach(problems);
        } else if (!examined.problems().isEmpty()) {
            throw new InvalidSettingsException(examined.problems());
        }
        created.getBeanFactory().registerSingleton("settings", examined.settings());
        whenRead.accept(examined.settings());
        retry = examined.settings().retry();
        if (examined.settings().source().isPresent()) {
            ConfiguredDatabase.checkSource(created.getEnvironment());
        }
        chooseDatabase(created.getEnvironment(), examined.settings().embedded());
    }

    private void chooseDatabase(ConfigurableEnvironment environment, EmbeddedSettings settings) {
        if (environment.containsProperty("spring.datasource.url")) {
            ConfiguredDatabase.check(environment);
            return;
        }
        OwnDatabase started = own == null ? startOwn(settings) : own;
        own = started;
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "own database",
                        Map.of(
                                "spring.datasource.url", started.jdbcUrl(),
                                "spring.datasource.username", started.user(),
                                "spring.datasource.password", started.password())));
    }

    private OwnDatabase startOwn(EmbeddedSettings settings) {
        String problem = ConfiguredDatabase.missing();
        Trial own = trial.orElseThrow(() -> new UsageException(problem));
        if (choice == DatabaseChoice.OWN_IF_IT_EXISTS && !own.hasDatabase(settings)) {
            throw new UsageException(problem
                    + "; or call the program without a command once, which creates an embedded database in "
                    + settings.directory());
        }
        shutdown.delay();
        return own.start(settings);
    }

    /** The trial's own database, if the command uses it. */
    public Optional<OwnDatabase> own() {
        return Optional.ofNullable(own);
    }

    public <T> T bean(Class<T> type) {
        if (context == null) {
            throw new IllegalStateException("used before start");
        }
        return context.getBean(type);
    }

    /** Whatever goes wrong with the context, no server is left behind. */
    @Override
    public void close() {
        try {
            if (context != null) {
                context.close();
            }
        } finally {
            if (own != null) {
                own.close();
            }
        }
    }
}
