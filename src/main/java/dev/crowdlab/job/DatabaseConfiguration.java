package dev.crowdlab.job;

import com.zaxxer.hikari.HikariDataSource;
import dev.crowdlab.input.CsvLoad;
import dev.crowdlab.plan.Databases;
import dev.crowdlab.postgres.ConnectRetry;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.postgres.ConnectionPool;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.settings.Settings;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The databases that the settings name. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    /** Migrations run when a command asks for them, in the role that owns the schema, so that what they make belongs to it. */
    @Bean
    Migration migration(Databases databases, Settings settings) {
        return new Migration(databases.migration(), new ConnectRetry(settings::retry));
    }

    @Bean
    Databases databases(DataSourceProperties properties, Settings settings) {
        ConnectionFactory sessions = ConnectionFactory.of(
                properties.determineUrl(), properties.determineUsername(), properties.determinePassword());
        ConnectionFactory source = settings.source()
                .map(elsewhere ->
                        ConnectionFactory.ofSource(elsewhere.url(), elsewhere.username(), elsewhere.password()))
                .orElse(sessions);
        return new Databases(sessions.withoutSearchPath().asOwnerOf("label_quality"), source, settings.lockTimeout());
    }

    /** On sessions whose commits wait for the disk: rows that were loaded are there to stay. */
    @Bean
    CsvLoad csvLoad(Databases databases) {
        return new CsvLoad(databases.result());
    }

    /**
     * The pool for Spring Batch's metadata and single statements. Its commits do not wait for the disk, which a COPY beside them
     * keeps busy: metadata that a crash of the server loses, the next run corrects.
     */
    @Bean(destroyMethod = "close")
    HikariDataSource pool(Databases databases) {
        return ConnectionPool.of(databases
                .result()
                .with("application_name", "crowdlab-etl metadata")
                .with("synchronous_commit", "off"));
    }
}
