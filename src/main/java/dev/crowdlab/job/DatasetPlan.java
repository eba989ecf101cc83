package dev.crowdlab.job;

import dev.crowdlab.engine.InputRefusedException;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.source.InputColumns;
import dev.crowdlab.source.InputEstimate;
import java.util.List;
import java.util.Optional;

/**
 * A dataset and how it can be read.
 *
 * @param settings the settings
 * @param columns the statements that read its input; those that read nothing where there are problems
 * @param estimate what is expected to be read; empty: the planner does not know
 * @param problems why its queries cannot be read, one sentence each
 */
public record DatasetPlan(
        DatasetSettings settings, InputColumns columns, Optional<InputEstimate> estimate, List<String> problems) {

    /** Copies. */
    public DatasetPlan {
        problems = List.copyOf(problems);
    }

    /** Of a dataset whose queries nobody has looked at yet. */
    static DatasetPlan unknown(DatasetSettings settings) {
        return new DatasetPlan(settings, InputColumns.NONE, Optional.empty(), List.of());
    }

    /** What is expected to be read; empty: the planner does not know. */
    Optional<InputSize> expected() {
        int classCount = settings.inputRules().classes().size();
        return estimate.map(rows -> Sizing.expected(
                rows.annotationRows(),
                rows.predictionRows(),
                rows.predictionRows() * (columns.isArray() ? classCount : 1),
                classCount));
    }

    /**
     * Fails the dataset if it cannot be read.
     *
     * @throws InputRefusedException naming every problem
     */
    void requireReadable() {
        if (!problems.isEmpty()) {
            throw new InputRefusedException(String.join(System.lineSeparator(), problems));
        }
    }
}
