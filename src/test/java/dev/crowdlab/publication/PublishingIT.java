package dev.crowdlab.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Warehouse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reader sees whose statement was planned before a publication and takes its snapshot after it. */
class PublishingIT {

    private static final String READ = "select count(*) from crowdlab_bi.label_quality where dataset = 'colors'";

    private static Warehouse warehouse;

    @BeforeAll
    static void publish() throws SQLException {
        warehouse = Warehouse.with("colors");
        assertThat(warehouse.program().call("run").exitCode()).isZero();
        warehouse.execute("create sequence public.calls");
        // stable, so that the planner calls it too: the first call is the planner's
        warehouse.execute("""
                create function public.nobody() returns text language plpgsql stable as $$
                begin
                    if nextval('public.calls') = 1 then
                        perform pg_advisory_xact_lock_shared(4711);
                    end if;
                    return 'nobody';
                end $$""");
    }

    @AfterAll
    static void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    @BeforeEach
    void restart() throws SQLException {
        warehouse.execute("alter sequence public.calls restart");
    }

    @Test
    void aStatementThatIsBeingPlannedSeesTheOldResultOrTheNew() throws Exception {
        CompletableFuture<String> seen;
        CompletableFuture<Integer> published;
        try (Connection keeper = warehouse.connect()) {
            keeper.createStatement().execute("select pg_advisory_lock(4711)");
            seen = read();
            String before = warehouse.published("colors");
            published = CompletableFuture.supplyAsync(
                    () -> warehouse.program().call("run", "--force").exitCode());
            warehouse.await(
                    "select count(*) = 2 from pg_inherits where inhparent = 'crowdlab.label_quality'::regclass");
            assertThat(warehouse.published("colors")).as("the switch waits").isEqualTo(before);
        }
        assertThat(seen.get()).isEqualTo(String.valueOf(Warehouse.EXAMPLES));
        assertThat(published.get()).isZero();
    }

    @Test
    void aLongReaderDelaysAPublicationByASecondAtMost() throws Exception {
        try (Connection reader = warehouse.connect()) {
            CompletableFuture<Boolean> sleeping = CompletableFuture.supplyAsync(() -> {
                try {
                    return reader.createStatement().execute(READ + " and pg_sleep(120) is null");
                } catch (SQLException e) {
                    return false; // it is canceled below
                }
            });
            warehouse.await("select count(*) = 1 from pg_stat_activity where query like '%pg_sleep(120)%'"
                    + " and wait_event = 'PgSleep'");
            assertThat(warehouse.program().call("run", "--force").exitCode()).isZero();
            assertThat(warehouse.value("select max(finished_at - started_at) < '20 s' from crowdlab.run"))
                    .isEqualTo("t");
            warehouse.execute("select pg_cancel_backend(pid) from pg_stat_activity where query like '%pg_sleep(120)%'"
                    + " and pid <> pg_backend_pid()");
            assertThat(sleeping.get()).isFalse();
        }
    }

    @Test
    void aRunIsPublishedWhenItHasAllLocks() throws Exception {
        CompletableFuture<Integer> published;
        String released;
        try (Connection keeper = warehouse.connect()) {
            keeper.setAutoCommit(false);
            keeper.createStatement().execute("lock table only crowdlab.label_quality in share update exclusive mode");
            published = CompletableFuture.supplyAsync(
                    () -> warehouse.program().call("run", "--force").exitCode());
            warehouse.await("select count(*) > 0 from pg_locks where not granted"
                    + " and relation = 'crowdlab.label_quality'::regclass");
            released = warehouse.value("select clock_timestamp()");
        }
        assertThat(published.get()).isZero();
        assertThat(warehouse.value("select published_at > '" + released + "' and finished_at > '" + released
                        + "' from crowdlab.published_run join crowdlab.run using (dataset, run_id)"))
                .isEqualTo("t");
    }

    private static CompletableFuture<String> read() throws SQLException, InterruptedException {
        CompletableFuture<String> seen = CompletableFuture.supplyAsync(() -> {
            try {
                return warehouse.value(READ + " and example_id <> public.nobody()");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        warehouse.await("select last_value = 1 and is_called from public.calls");
        return seen;
    }
}
