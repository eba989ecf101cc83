package dev.crowdlab.report.page;

import dev.crowdlab.report.words.Prose;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The consensus methods side by side.
 *
 * @param head its beginning
 * @param methods a row for each
 * @param calibration scores against gold; null: nothing to tell
 * @param experts what the experts of the committee count for, and what they make of the models; without rows: there are
 *     none
 * @param remarks how to read them
 */
public record ConsensusView(
        Head head, Table methods, @Nullable CalibrationView calibration, Table experts, List<Prose> remarks) {

    /** A table: its headings, and a cell per heading in each row. */
    public record Table(List<Column> columns, List<List<Prose>> rows) {}

    /** A heading, and whether numbers are below it. */
    public record Column(String title, boolean isNumber) {}
}
