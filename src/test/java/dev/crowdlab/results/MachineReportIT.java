package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a run with machines. */
class MachineReportIT {

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeEach
    void fill() throws SQLException {
        warehouse = PeopleAndMachinesTable.warehouse();
    }

    @AfterEach
    void drop() throws SQLException {
        warehouse.close();
    }

    private Program program() {
        return warehouse
                .program()
                .with(
                        "crowdlab.datasets.d.annotations-query",
                        "select example_id, annotator_id, label, annotated_at from public.label")
                .with("crowdlab.datasets.d.machines", "gpt-*");
    }

    private void run() {
        Program.Result result = program().with("crowdlab.retention.grace", "0s").call("run", "--force");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    @Test
    void theReportSaysWhatThePanelIsWorth() throws SQLException, IOException {
        run();
        String report = report();
        assertThat(report)
                .contains("Six machines are worth <b>"
                        + warehouse.value("select round(effective_votes::numeric, 1)" + " from crowdlab.run_panel")
                        + " independent votes</b>, since they often make the same mistakes.")
                .contains(
                        "gpt-1</bdi>, <bdi class=\"id\">gpt-2</bdi>, <bdi class=\"id\">gpt-3</bdi> and 2 more may replace a person;"
                                + " 1 other is not shown to be as good.")
                .contains("title=\"gpt-2 and gpt-1: errors correlate with 1.00 on 200 examples in common\"")
                .contains("Of 400 labels, 200 rest on machines alone; ");
        assertThat(report("--pseudonyms"))
                .contains("Six machines are worth")
                .doesNotContain("gpt-")
                .contains("gpt, 200 common examples");
    }

    @Test
    void theReportKeepsWhatMachinesAreWorthAfterItsRowsAreRemoved() throws SQLException, IOException {
        run();
        String first = warehouse.value("select max(run_id) from crowdlab.run");
        for (int night = 0; night < 3; night++) {
            run();
        }
        assertThat(warehouse.value("select count(*) from crowdlab.machine_pair where run_id = " + first))
                .isEqualTo("0");
        Path file = directory.resolve("first.html");
        Program.Result result = program().call("report", "--run", first, "--out", file.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(Files.readString(file)).contains("Six machines are worth").doesNotContain("Who errs with whom");
    }

    private String report(String... options) throws IOException {
        Path file = directory.resolve("report.html");
        List<String> arguments = new ArrayList<>(List.of("report", "--dataset", "d", "--out", file.toString()));
        arguments.addAll(List.of(options));
        Program.Result result = program().call(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return Files.readString(file);
    }
}
