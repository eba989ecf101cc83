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

/** The databases named in the settings. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    /**
     * Migrations run when a command asks for them, in the role that owns the schema, so that everything they create
     * belongs to it.
     */
    @Bean
    Migration migration(Databases databases, Settings settings) {
        return new Migration(databases.migration(), new ConnectRetry(settings::retry));
    }

    @Bean
    Databases databases(DataSourceProperties properties, Settings settings) {
        ConnectionFactory connections = ConnectionFactory.of(
                properties.determineUrl(), properties.determineUsername(), properties.determinePassword());
        ConnectionFactory source = settings.source()
                .map(elsewhere ->
                        ConnectionFactory.ofSource(elsewhere.url(), elsewhere.username(), elsewhere.password()))
                .orElse(connections);
        return new Databases(
                connections.withoutSearchPath().asOwnerOf("label_quality"), source, settings.lockTimeout());
    }

    /** Uses connections whose commits wait for the disk, so that loaded rows survive a crash of the server. */
    @Bean
    CsvLoad csvLoad(Databases databases) {
        return new CsvLoad(databases.result());
    }

    /**
     * The pool for Spring Batch's metadata and single statements. Its commits do not wait for the disk, which
     * concurrent COPYs keep busy: if a crash of the server loses metadata, the next run corrects it.
     */
    @Bean(destroyMethod = "close")
    HikariDataSource pool(Databases databases) {
        return ConnectionPool.of(databases
                .result()
                .with("application_name", "crowdlab-etl metadata")
                .with("synchronous_commit", "off"));
    }
}
