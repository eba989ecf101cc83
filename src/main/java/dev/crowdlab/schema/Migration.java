package dev.crowdlab.schema;

import dev.crowdlab.postgres.Causes;
import dev.crowdlab.postgres.ConnectRetry;
import dev.crowdlab.postgres.DatabaseInUseException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema to the version that the program needs, if the user has the rights. */
public final class Migration {

    /**
     * While a session waits for an exclusive lock, all later ones queue behind it, dashboards included; so it gives up
     * after this time.
     */
    private static final String MAX_LOCK_WAIT = "3s";

    private static final int LOCK_RETRIES = 4;
    private static final Duration BETWEEN_LOCK_RETRIES = Duration.ofSeconds(1);

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static final String OWNER = """
            select pg_get_userbyid(nspowner) from pg_catalog.pg_namespace where nspname = ?
            """;

    private static final Logger log = LoggerFactory.getLogger(Migration.class);

    private final FluentConfiguration configuration;
    private final ConnectRetry connecting;

    /** Creates the migration of a database that is running. */
    public Migration(DataSource sessions) {
        this(sessions, new ConnectRetry(() -> Duration.ZERO));
    }

    /**
     * @param connecting retries while the database restarts; migrations applied before are not applied twice
     */
    public Migration(DataSource sessions, ConnectRetry connecting) {
        this(
                Flyway.configure()
                        .loggers("slf4j")
                        .dataSource(sessions)
                        .defaultSchema("crowdlab")
                        .locations("classpath:db/migration"),
                connecting);
    }

    Migration(FluentConfiguration configuration, ConnectRetry connecting) {
        this.configuration = configuration.initSql(
                "set search_path = pg_catalog, pg_temp; set lock_timeout = '" + MAX_LOCK_WAIT + "'");
        this.connecting = connecting;
    }

    /**
     * Applies pending migrations and updates the rights. Logs it if there are no roles for separate rights.
     *
     * @return the number of migrations applied; 0 if the schema was current
     * @throws PendingMigrationsException if something is pending that the user may not apply
     * @throws ForeignOwnerException if parts of the schema belong to somebody else than the schema
     * @throws DevelopmentSchemaException if a build before 0.2.0 created the schema; the other methods throw it, too
     */
    public int migrate() throws SQLException {
        return connecting.call(() -> {
            MigrationHistory.isNewestApplied(configuration.getDataSource());
            return apply();
        });
    }

    /** Retries after a lock timeout. In between, sessions that queued behind the migration can proceed. */
    private int apply() throws SQLException {
        for (int retries = LOCK_RETRIES; ; retries--) {
            try {
                return applyOnce();
            } catch (FlywayException e) {
                if (!hasState(e, LOCK_NOT_AVAILABLE)) {
                    throw e;
                }
                if (retries == 0) {
                    throw new DatabaseInUseException(locked(), e);
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOCK_RETRIES.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting for a lock", e);
        }
    }

    private String locked() throws SQLException {
        return "The migrations of database " + MigrationRight.of(configuration).database() + " waited "
                + (LOCK_RETRIES + 1) + " times "
                + MAX_LOCK_WAIT
                + " for a lock that another session holds; pg_stat_activity shows who has been using schema"
                + " crowdlab for a long time: let that session end, or end it, and run the command migrate again.";
    }

    private int applyOnce() throws SQLException {
        try {
            int applied = configuration.load().migrate().migrationsExecuted;
            if (applied > 0) {
                tellOwner();
            }
            return applied;
        } catch (FlywayException e) {
            if (hasState(e, INSUFFICIENT_PRIVILEGE)) {
                throw lacksRight(e);
            }
            throw e;
        }
    }

    private RuntimeException lacksRight(FlywayException e) throws SQLException {
        Optional<String> foreign =
                ForeignOwners.sentence(configuration.getDataSource(), configuration.getDefaultSchema());
        if (foreign.isPresent()) {
            return new ForeignOwnerException(foreign.get(), e);
        }
        MigrationInfo[] pending = pending();
        return pending.length > 0
                ? new PendingMigrationsException(
                        MigrationRight.of(configuration).mayNotApply(pending), e)
                : e;
    }

    /** Whether the database lacks migrations that the program has. */
    public boolean isPending() throws SQLException {
        return pending().length > 0;
    }

    /**
     * Requires that no later version of the program has migrated the schema, for a command that does with any earlier
     * one, and whose user may lack the right to ask.
     *
     * @throws NewerSchemaException if one has
     */
    public void requireNoLaterVersion() throws SQLException {
        connecting.call(() -> MigrationHistory.isNewestApplied(configuration.getDataSource()));
    }

    /**
     * Requires a current schema, without changing it.
     *
     * @throws PendingMigrationsException if anything is pending, saying whether the user may apply it
     */
    public void requireCurrent() throws SQLException {
        connecting.call(() -> {
            MigrationInfo[] pending = pending();
            if (pending.length > 0) {
                MigrationRight right = MigrationRight.of(configuration);
                throw right.mayMigrate()
                        ? new PendingMigrationsException(
                                right.lacks(pending)
                                        + "; run the command migrate, or the command run without --dry-run, which migrates first.",
                                true,
                                pending.length == configuration.load().info().all().length)
                        : new PendingMigrationsException(right.mayNotApply(pending));
            }
            return pending;
        });
    }

    /**
     * Applies pending migrations, if there are any.
     *
     * @throws PendingMigrationsException if the user may not apply them
     */
    public void requireCurrentOrMigrate() throws SQLException {
        connecting.call(() -> {
            MigrationInfo[] pending = pending();
            return pending.length == 0 ? 0 : apply(pending);
        });
    }

    private int apply(MigrationInfo[] pending) throws SQLException {
        MigrationRight right = MigrationRight.of(configuration);
        if (!right.mayMigrate()) {
            throw new PendingMigrationsException(right.mayNotApply(pending));
        }
        return apply();
    }

    /**
     * Uses Flyway only if something is pending, because creating and querying it takes a fifth of a command's startup
     * time.
     */
    private MigrationInfo[] pending() throws SQLException {
        return MigrationHistory.isNewestApplied(configuration.getDataSource())
                ? new MigrationInfo[0]
                : configuration.load().info().pending();
    }

    private void tellOwner() throws SQLException {
        try (Connection connection = configuration.getDataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(OWNER)) {
            statement.setString(1, configuration.getDefaultSchema());
            try (ResultSet rows = statement.executeQuery()) {
                if (rows.next() && !rows.getString(1).equals("crowdlab_owner")) {
                    log.warn(
                            "Schema {} belongs to user {} and not to role crowdlab_owner: only {} can run the nightly job;"
                                    + " Roles in db/README.md explains how to let others run it.",
                            configuration.getDefaultSchema(),
                            rows.getString(1),
                            rows.getString(1));
                }
            }
        }
    }

    private static boolean hasState(Throwable error, String state) {
        return Causes.of(error).stream()
                .anyMatch(cause -> cause instanceof SQLException sql && state.equals(sql.getSQLState()));
    }
}
