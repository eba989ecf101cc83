package dev.crowdlab.results;

import static java.util.Comparator.comparing;

import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.List;

/** What the checks of a run found, by code. */
public final class RunCheckTable implements ResultTable {

    private final long runId;
    private final List<Row> checks;

    public RunCheckTable(long runId, List<Row> checks) {
        this.runId = runId;
        this.checks = checks.stream().sorted(comparing(Row::code)).toList();
    }

    /**
     * What a check found.
     *
     * @param code unique within a run
     * @param severity INFO, WARN or FAIL
     * @param message one sentence
     * @param observed the value found; NaN if there is none
     * @param threshold the value it is compared with; NaN if there is none
     * @param rank its place among those of the same severity
     * @param wording the parts of the message, as JSON
     */
    public record Row(
            String code,
            String severity,
            String message,
            double observed,
            double threshold,
            long rank,
            String wording) {}

    @Override
    public ResultTableDefinition definition() {
        return ResultTableDefinitions.RUN_CHECK;
    }

    @Override
    public int rowCount() {
        return checks.size();
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        Row check = checks.get(row);
        target.beginRow(definition(), runId);
        target.text(check.code());
        target.text(check.severity());
        target.text(check.message());
        target.numberOrNull(check.observed());
        target.numberOrNull(check.threshold());
        target.bigint(check.rank());
        target.jsonb(check.wording());
    }
}
