package dev.crowdlab.job;

import dev.crowdlab.database.Migration;
import dev.crowdlab.database.Sessions;
import dev.crowdlab.job.DatasetRunner.Databases;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.settings.SettingsReader;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** The settings, and the databases that they name. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

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
}
