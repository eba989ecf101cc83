package dev.crowdlab.audit;

import java.util.List;

/** What the input lacks, and what was made of it. */
final class InputRemarks {

    private InputRemarks() {}

    static List<RunCheck> of(RunFigures figures) {
        Remarks remarks = new Remarks();
        if (figures.modelCount() == 0) {
            remarks.warn(
                    "NO_PREDICTIONS",
                    "There are no predictions; the consensus is the majority vote, and quality is the annotators' agreement.");
        }
        if (figures.renormalizedCount() > 0) {
            remarks.info(
                    "RENORMALIZED_PREDICTIONS",
                    Counted.of(
                            figures.renormalizedCount(),
                            "prediction did not sum to 1 and was divided by its sum.",
                            "predictions did not sum to 1 and were divided by their sum."),
                    figures.renormalizedCount());
        }
        if (figures.partlyPredictedCount() > 0) {
            remarks.warn(
                    "PARTLY_PREDICTED",
                    Counted.of(figures.partlyPredictedCount(), "unlabelled example has", "unlabelled examples have")
                            + " usable predictions, but not of every model; label_next leaves "
                            + Counted.word(figures.partlyPredictedCount(), "it out.", "them out."),
                    figures.partlyPredictedCount());
        }
        if (figures.uniformCount() > 0) {
            remarks.warn(
                    "UNIFORM_PREDICTIONS",
                    Counted.of(figures.uniformCount(), "example has", "examples have")
                            + " no usable prediction; every class was taken to be equally likely.",
                    figures.uniformCount());
        }
        return remarks.findings();
    }
}
