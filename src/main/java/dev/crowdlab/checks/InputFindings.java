package dev.crowdlab.checks;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.ConsensusMetrics.Method;
import dev.crowdlab.run.RunComparison;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.text.Plural;
import java.util.List;
import java.util.Optional;

/** Reports what is missing in the input and how the gaps were filled. */
final class InputFindings {

    private InputFindings() {}

    static List<Finding> of(RunDescriptor run, RunMetrics metrics, Optional<RunComparison> before, RunTables tables) {
        FindingList found = new FindingList();
        addPredictions(found, run, metrics, before, tables);
        if (metrics.predictions().renormalizedCount() > 0) {
            found.info(
                    FindingCode.RENORMALIZED_PREDICTIONS,
                    Plural.of(
                            metrics.predictions().renormalizedCount(),
                            "prediction did not sum to 1 and was divided by its sum.",
                            "predictions did not sum to 1 and were divided by their sum."),
                    metrics.predictions().renormalizedCount());
        }
        if (metrics.predictions().partlyPredictedCount() > 0) {
            found.warn(
                    FindingCode.PARTLY_PREDICTED,
                    Wording.of(Plural.of(
                                            metrics.predictions().partlyPredictedCount(),
                                            "unlabeled example has",
                                            "unlabeled examples have")
                                    + " usable predictions, but not of every model")
                            .text("; label_next omits "
                                    + Plural.word(metrics.predictions().partlyPredictedCount(), "it.", "them.")),
                    metrics.predictions().partlyPredictedCount());
        }
        if (metrics.predictions().uniformCount() > 0) {
            found.warn(
                    FindingCode.UNIFORM_PREDICTIONS,
                    Wording.of(Plural.of(metrics.predictions().uniformCount(), "example has", "examples have")
                                    + " no usable prediction")
                            .text("; all classes were assumed to be equally likely."),
                    metrics.predictions().uniformCount());
        }
        return found.findings();
    }

    /** No predictions at all are a mistake if a model is known, unless the dataset is configured to do without. */
    private static void addPredictions(
            FindingList found,
            RunDescriptor run,
            RunMetrics metrics,
            Optional<RunComparison> before,
            RunTables tables) {
        boolean isToolAlone =
                run.settings().predictionsQuery() != null && !run.settings().isPredictionExpected();
        boolean isConfigured = run.settings().isPredictionExpected() || (isToolAlone && metrics.modelCount() > 0);
        boolean isExpected =
                isConfigured || before.map(RunComparison::previousModelCount).orElse(0L) > 0;
        if (isExpected
                && !metrics.hasUsablePredictions()
                && !run.settings().methods().isByAgreement()) {
            found.fail(
                    FindingCode.NO_PREDICTIONS,
                    Wording.of("There is no usable prediction, although "
                                    + (isConfigured
                                            ? isToolAlone
                                                    ? "the project has predictions"
                                                    : "the dataset has a predictions-query"
                                            : "run " + before.orElseThrow().previousRunId()
                                                    + ", published before, had some"))
                            .text("; " + tables.checkModel() + "; quality-method: agreement would publish without."));
        } else if (metrics.modelCount() == 0 && !metrics.machines().isModel()) {
            found.warn(
                    FindingCode.NO_PREDICTIONS,
                    Wording.of("There are no predictions")
                            .text("; "
                                    + withoutPredictions(
                                            metrics.estimates().consensus().methods())));
        }
    }

    /** What the consensus and its scores are made of without a model. */
    private static String withoutPredictions(List<Method> methods) {
        return methods.isEmpty() || methods.get(0).isUsual()
                ? "the consensus is the majority vote, and quality is the annotators' agreement."
                : "the consensus of " + methods.get(0).name() + " and its scores follow from the annotations alone.";
    }
}
