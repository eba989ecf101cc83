package dev.crowdlab.job;

import dev.crowdlab.engine.InputRefusedException;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.source.InputColumns;
import java.util.List;

/**
 * A dataset and how it can be read.
 *
 * @param settings the settings
 * @param columns the statements that read its input; those that read nothing where there are problems
 * @param problems why its queries cannot be read, one sentence each
 */
public record DatasetPlan(DatasetSettings settings, InputColumns columns, List<String> problems) {

    /** Copies. */
    public DatasetPlan {
        problems = List.copyOf(problems);
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
