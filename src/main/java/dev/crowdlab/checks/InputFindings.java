package dev.crowdlab.checks;

import dev.crowdlab.run.Finding;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.runs.RunComparison;
import dev.crowdlab.text.Plural;
import java.util.List;
import java.util.Optional;

/** What the input lacks, and what was made of it. */
final class InputFindings {

    private static final String NO_PREDICTIONS = "NO_PREDICTIONS";

    private InputFindings() {}

    static List<Finding> of(RunDescriptor run, RunMetrics figures, Optional<RunComparison> before) {
        FindingList remarks = new FindingList();
        addPredictions(remarks, run, figures, before);
        if (figures.renormalizedCount() > 0) {
            remarks.info(
                    "RENORMALIZED_PREDICTIONS",
                    Plural.of(
                            figures.renormalizedCount(),
                            "prediction did not sum to 1 and was divided by its sum.",
                            "predictions did not sum to 1 and were divided by their sum."),
                    figures.renormalizedCount());
        }
        if (figures.partlyPredictedCount() > 0) {
            remarks.warn(
                    "PARTLY_PREDICTED",
                    Plural.of(figures.partlyPredictedCount(), "unlabelled example has", "unlabelled examples have")
                            + " usable predictions, but not of every model; label_next leaves "
                            + Plural.word(figures.partlyPredictedCount(), "it out.", "them out."),
                    figures.partlyPredictedCount());
        }
        if (figures.uniformCount() > 0) {
            remarks.warn(
                    "UNIFORM_PREDICTIONS",
                    Plural.of(figures.uniformCount(), "example has", "examples have")
                            + " no usable prediction; every class was taken to be equally likely.",
                    figures.uniformCount());
        }
        return remarks.findings();
    }

    /** None at all is a mistake where a model is known to be there, unless the dataset does without one. */
    private static void addPredictions(
            FindingList remarks, RunDescriptor run, RunMetrics figures, Optional<RunComparison> before) {
        boolean isConfigured = run.settings().predictionsQuery() != null;
        boolean isExpected =
                isConfigured || before.map(RunComparison::previousModelCount).orElse(0L) > 0;
        if (isExpected
                && !figures.hasUsablePredictions()
                && !run.settings().methods().isByAgreement()) {
            remarks.fail(
                    NO_PREDICTIONS,
                    "There is no usable prediction, although "
                            + (isConfigured
                                    ? "the dataset has a predictions-query"
                                    : "run " + before.orElseThrow().previousRunId() + ", published before, had some")
                            + "; look whether the model has run, and at rejected_row for predictions that were refused;"
                            + " quality-method: agreement would publish without.");
        } else if (figures.modelCount() == 0) {
            remarks.warn(
                    NO_PREDICTIONS,
                    "There are no predictions; the consensus is the majority vote, and quality is the annotators' agreement.");
        }
    }
}
