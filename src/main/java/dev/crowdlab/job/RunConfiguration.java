package dev.crowdlab.job;

import dev.crowdlab.database.Migration;
import dev.crowdlab.database.Sessions;
import dev.crowdlab.job.DatasetRunner.Batch;
import dev.crowdlab.job.DatasetRunner.Databases;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.settings.SettingsReader;
import java.time.Clock;
import org.flywaydb.core.Flyway;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.transaction.PlatformTransactionManager;

/** What runs need, from settings to runner. */
@Configuration(proxyBeanMethods = false)
class RunConfiguration {

    @Bean
    Settings settings(ConfigurableEnvironment environment) {
        return SettingsReader.read(environment);
    }

    /** Migrations run when a command asks for them, not when the context starts. */
    @Bean
    FlywayMigrationStrategy migrateOnDemand() {
        return flyway -> {};
    }

    @Bean
    Migration migration(Flyway flyway) {
        return new Migration(flyway);
    }

    @Bean
    Databases databases(JdbcConnectionDetails details, Settings settings) {
        Sessions result = Sessions.of(details.getJdbcUrl(), details.getUsername(), details.getPassword());
        Sessions source = settings.source()
                .map(elsewhere -> Sessions.of(elsewhere.url(), elsewhere.username(), elsewhere.password()))
                .orElse(result);
        return new Databases(result, source);
    }

    @Bean
    RunPlanner runPlanner(Settings settings, Databases databases) {
        return new RunPlanner(settings, databases, Clock.systemUTC());
    }

    @Bean
    DatasetRunner datasetRunner(
            JobOperator operator,
            JobRepository repository,
            PlatformTransactionManager transactionManager,
            Databases databases,
            BuildProperties build,
            Settings settings) {
        return new DatasetRunner(
                new Batch(operator, repository, transactionManager),
                settings,
                databases,
                Clock.systemUTC(),
                String.valueOf(build.getVersion()));
    }

    @Bean
    NightlyRuns nightlyRuns(DatasetRunner runner) {
        return new NightlyRuns(runner);
    }
}
