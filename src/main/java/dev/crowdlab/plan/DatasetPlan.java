package dev.crowdlab.plan;

import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.input.CopyStatements;
import dev.crowdlab.input.InputEstimate;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.MethodSettings;
import java.util.List;
import java.util.Optional;

/**
 * A dataset and how it can be read.
 *
 * @param settings the settings
 * @param columns the statements that read its input; if there are problems, statements that read nothing
 * @param estimate the expected size of the input; empty if the planner does not know
 * @param problems why its queries cannot be read, one sentence each
 */
public record DatasetPlan(
        DatasetSettings settings, CopyStatements columns, Optional<InputEstimate> estimate, List<String> problems) {

    /** Lists are copied. */
    public DatasetPlan {
        problems = List.copyOf(problems);
    }

    /** Returns the plan of a dataset whose queries have not been inspected. */
    public static DatasetPlan unknown(DatasetSettings settings) {
        return new DatasetPlan(settings, CopyStatements.NONE, Optional.empty(), List.of());
    }

    /** The expected size of the input; empty if the planner does not know. */
    public Optional<InputSize> expected() {
        int classCount = settings.inputRules().classes().size();
        return estimate.map(rows -> HeapEstimate.expected(
                rows.annotationRows(),
                rows.predictionRows(),
                rows.predictionRows() * (columns.isArray() ? classCount : 1),
                classCount));
    }

    /** The expected memory and time of a run; empty if the planner does not know. */
    public Optional<RunForecast> forecast() {
        return expected().map(size -> RunForecast.of(size, heapBytes(size), diskBytes(size)));
    }

    /** The heap that a run of the dataset needs if its input is of that size. */
    long heapBytes(InputSize size) {
        MethodSettings methods = settings.methods();
        boolean hasCommittee = methods.consensusMethods().contains(ConsensusMethod.COMMITTEE);
        int classCount = settings.inputRules().classes().size();
        long cells = hasCommittee
                ? estimate.map(rows ->
                                HeapEstimate.committeeCells(rows.annotators(), size.annotationRows(), classCount))
                        .orElse(0L)
                : 0;
        return HeapEstimate.heapBytes(size, copies(methods), hasCommittee, cells)
                + (methods.asking().stop().isPresent() ? HeapEstimate.stateBytes(size) : 0);
    }

    /** ActiveLab has a calibrated copy of its own while posteriors and soft labels are read from that of the analysis. */
    private int copies(MethodSettings methods) {
        boolean isKept = (settings.keepsPosterior() || methods.storesSoftLabels()) && methods.calibratePredictions();
        return isKept && methods.activeLearning()
                ? 2
                : methods.activeLearning() || methods.calibratePredictions() ? 1 : 0;
    }

    /** The disk that a run of the dataset takes in the database if its input is of that size. */
    long diskBytes(InputSize size) {
        int classCount = settings.inputRules().classes().size();
        MethodSettings methods = settings.methods();
        return HeapEstimate.diskBytes(size)
                + (methods.storesPosterior() ? HeapEstimate.posteriorDiskBytes(size, classCount) : 0)
                + (methods.storesSoftLabels() ? HeapEstimate.softLabelDiskBytes(size, classCount) : 0)
                + (methods.asking().stop().isPresent() ? HeapEstimate.stateDiskBytes(size) : 0);
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
