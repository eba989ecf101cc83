package dev.crowdlab.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables whose times have no time zone. */
class TimesWithoutZoneIT {

    private static final String VOTES = "select example_id, annotator_id, label, %s as annotated_at"
            + " from crowdlab.annotation where dataset = 'pets'";

    private static final String SUNDAY_EVENING = "timestamp '2026-03-01 22:00'";

    private static final String FOUND = "select severity || ' ' || message from crowdlab.run_check"
            + " where code = 'TIME_WITHOUT_ZONE' order by run_id";

    private Warehouse warehouse;

    @BeforeEach
    void fill() throws SQLException {
        warehouse = Warehouse.with("pets");
    }

    @AfterEach
    void drop() {
        warehouse.close();
    }

    private Program program(String time) {
        return warehouse
                .program()
                .with("crowdlab.datasets.d.annotations-query", VOTES.formatted(time))
                .with(
                        "crowdlab.datasets.d.predictions-query",
                        "select example_id, model, label, probability from crowdlab.prediction where dataset = 'pets'");
    }

    private static Program in(String zone, Program program) {
        return program.with("crowdlab.datasets.d.time-zone", zone);
    }

    private String weekAfter(Program program) throws SQLException {
        program.call(0, "run", "--dataset", "d");
        return warehouse.value("select string_agg(distinct p.period_start::text, ',') from crowdlab.annotator_period p"
                + " where p.run_id = (select max(run_id) from crowdlab.run)");
    }

    private List<String> newest(Program program) throws SQLException {
        program.call(0, "run", "--dataset", "d");
        return warehouse.column(
                "select distinct max(last_annotated_at) at time zone 'UTC' from crowdlab.annotator_stats"
                        + " where run_id = (select max(run_id) from crowdlab.run)");
    }

    @Test
    void sundayEveningInNewYorkIsInTheWeekOfTheSameMoment() throws SQLException {
        assertThat(weekAfter(program(SUNDAY_EVENING))).isEqualTo("2026-02-23");
        assertThat(warehouse.column(FOUND))
                .containsExactly(
                        "WARN Column annotated_at has type timestamp, which has no time zone, and was read as UTC;"
                                + " set crowdlab.datasets.d.time-zone to the zone of these times, or to UTC.");
        assertThat(weekAfter(in("America/New_York", program(SUNDAY_EVENING)))).isEqualTo("2026-03-02");
        assertThat(weekAfter(program("timestamptz '2026-03-01 22:00 America/New_York'")))
                .isEqualTo("2026-03-02");
        assertThat(warehouse.column(FOUND)).hasSize(1);
        assertThat(warehouse.column("select settings ->> 'time_zone' from crowdlab.run order by run_id"))
                .containsExactly(null, "America/New_York", null);
    }

    @Test
    void anHourThatOccursTwiceIsTheSecondAndOneThatIsMissingIsAnHourLater() throws SQLException {
        assertThat(newest(in("America/New_York", program("timestamp '2026-11-01 01:30'"))))
                .containsExactly("2026-11-01 06:30:00");
        assertThat(newest(in("America/New_York", program("timestamp '2026-03-08 02:30'"))))
                .containsExactly("2026-03-08 07:30:00");
        assertThat(newest(in("Asia/Kolkata", program("date '2026-03-08'")))).containsExactly("2026-03-07 18:30:00");
    }

    @Test
    void whoSaysThatItIsUtcOrAcknowledgesItIsNotWarned() throws SQLException {
        in("UTC", program(SUNDAY_EVENING)).call(0, "run", "--dataset", "d");
        assertThat(warehouse.column(FOUND)).isEmpty();
        program("date '2026-03-01'")
                .with("crowdlab.datasets.d.acknowledged.TIME_WITHOUT_ZONE", "until 2999-12-31, days are enough")
                .call(0, "run", "--dataset", "d");
        assertThat(warehouse.column(FOUND)).singleElement().asString().startsWith("INFO ");
    }

    @Test
    void validateNamesTheColumnItsTypeAndWhatToSet() {
        Result validate = program("date '2026-03-01'").call("validate", "--dataset", "d");
        assertThat(validate.exitCode()).as(validate.err()).isZero();
        assertThat(validate.err())
                .contains(
                        "crowdlab.datasets.d.annotations-query: column annotated_at has type date, which has no time"
                                + " zone, and is read as UTC; set crowdlab.datasets.d.time-zone to the zone of these times, or to UTC");
        assertThat(in("Asia/Kolkata", program("now()"))
                        .call("validate", "--dataset", "d")
                        .err())
                .contains(
                        "crowdlab.datasets.d.time-zone: has no effect, since annotated_at has a time zone of its own");
        assertThat(in("UTC", program(SUNDAY_EVENING))
                        .call("validate", "--dataset", "d")
                        .err())
                .doesNotContain("zone");
    }

    @Test
    void aWrongNameIsRefusedBeforeAnyWork() {
        for (List<String> wrong : List.of(
                List.of("america/new_york", "did you mean America/New_York?"),
                List.of("Europe/Berln", "did you mean Europe/Berlin?"),
                List.of("CET", "is not the name of a time zone such as America/New_York"),
                List.of("+02:00", "is not the name of a time zone such as America/New_York"),
                List.of("UTC'); drop table crowdlab.run; --", "is not the name of a time zone"))) {
            Result run = in(wrong.get(0), program(SUNDAY_EVENING)).call("run");
            assertThat(run.exitCode()).as(wrong.get(0)).isEqualTo(2);
            assertThat(run.err()).contains("crowdlab.datasets.d.time-zone: '" + wrong.get(0) + "' ", wrong.get(1));
        }
        Result builtIn = warehouse
                .program()
                .with("crowdlab.datasets.pets.time-zone", "UTC")
                .call("run");
        assertThat(builtIn.exitCode()).isEqualTo(2);
        assertThat(builtIn.err()).contains("crowdlab.datasets.pets.time-zone: belongs to an annotations-query");
    }

    @Test
    void aNameThatOnlyJavaKnowsIsRefused() {
        Result run = in("SystemV/AST4", program(SUNDAY_EVENING)).call("validate", "--dataset", "d");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("crowdlab.datasets.d.time-zone: 'SystemV/AST4' is not ");
    }
}
