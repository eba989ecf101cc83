package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.run.Finding;
import java.util.Map;
import java.util.function.BiFunction;

/** Sentences for the checks that most leads meet; shorter than the checks' own, which are at the end of the page. */
final class CheckSentences {

    /** By the check's code. */
    static final Map<String, BiFunction<Finding, RunFigures, Prose>> OF_CODES = Map.of(
            "LABELS_NOBODY_GAVE", CheckSentences::unvoted,
            "UNANIMITY_OVERRULED", CheckSentences::overruled,
            "ANNOTATORS_AT_FLOOR", CheckSentences::floored);

    private CheckSentences() {}

    private static Prose unvoted(Finding finding, RunFigures run) {
        long examples = run.counts().examples();
        long labels = Math.round(finding.observed() * examples);
        return Prose.begin()
                .bold(Words.count(labels, "consensus label was", "consensus labels were") + " given by nobody")
                .text(" who labeled the example (" + Numbers.finePercent(labels, examples)
                        + "): the models outvoted them.")
                .end();
    }

    private static Prose overruled(Finding finding, RunFigures run) {
        long labels = Math.round(finding.observed());
        return Prose.begin()
                .bold(Words.count(labels, "consensus label overrules", "consensus labels overrule")
                        + " three or more annotators")
                .text(" who all gave the same other label.")
                .end();
    }

    private static Prose floored(Finding finding, RunFigures run) {
        long annotators = run.counts().annotators();
        long floored = Math.round(finding.observed() * annotators);
        return Prose.begin()
                .bold(Numbers.count(floored) + " of " + Words.annotators(annotators) + " "
                        + Words.word(floored, "has", "have") + " the least weight:")
                .text(" where only they labeled, the models decide alone.")
                .end();
    }
}
