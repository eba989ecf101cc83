package dev.crowdlab.plan;

import dev.crowdlab.engine.UnusableInputException;
import dev.crowdlab.input.CopyStatements;
import dev.crowdlab.input.InputEstimate;
import dev.crowdlab.settings.DatasetSettings;
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
        DatasetSettings settings, CopyStatements columns, Optional<InputEstimate> estimate, List<String> problems) {

    /** Copies. */
    public DatasetPlan {
        problems = List.copyOf(problems);
    }

    /** Of a dataset whose queries nobody has looked at yet. */
    public static DatasetPlan unknown(DatasetSettings settings) {
        return new DatasetPlan(settings, CopyStatements.NONE, Optional.empty(), List.of());
    }

    /** What is expected to be read; empty: the planner does not know. */
    public Optional<InputSize> expected() {
        int classCount = settings.inputRules().classes().size();
        return estimate.map(rows -> HeapEstimate.expected(
                rows.annotationRows(),
                rows.predictionRows(),
                rows.predictionRows() * (columns.isArray() ? classCount : 1),
                classCount));
    }

    /**
     * Fails the dataset if it cannot be read.
     *
     * @throws UnusableInputException naming every problem
     */
    public void requireReadable() {
        if (!problems.isEmpty()) {
            throw new UnusableInputException(String.join(System.lineSeparator(), problems));
        }
    }
}
