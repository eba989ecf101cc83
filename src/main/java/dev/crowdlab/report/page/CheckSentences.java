package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.run.Finding;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sentences for what checks found. Those that most leads meet are shorter than the checks' own, which are at the end of
 * the page.
 */
final class CheckSentences {

    /** By the check's code. */
    static final Map<String, BiFunction<Finding, RunFigures, Prose>> OF_CODES = Map.of(
            "LABELS_NOBODY_GAVE", CheckSentences::unvoted,
            "UNANIMITY_OVERRULED", CheckSentences::overruled,
            "ANNOTATORS_AT_FLOOR", CheckSentences::floored);

    /** The first part of a message, and the rest of it. */
    private static final Pattern HALVES = Pattern.compile("(.{16,120}?[;:,.]) (.+)", Pattern.DOTALL);

    private CheckSentences() {}

    /** Returns what the page says of the finding. */
    static Prose of(Finding finding, Context context) {
        BiFunction<Finding, RunFigures, Prose> own = OF_CODES.get(finding.code());
        if (own != null && !Double.isNaN(finding.observed())) {
            return own.apply(finding, context.figures().run());
        }
        String message = context.message(finding);
        Matcher halves = HALVES.matcher(message);
        return halves.matches()
                ? Prose.begin()
                        .boldId(Shown.of(halves.group(1), Shown.IN_MESSAGE))
                        .text(" ")
                        .id(Shown.of(halves.group(2), Shown.IN_MESSAGE))
                        .end()
                : Prose.begin().boldId(Shown.of(message, Shown.IN_MESSAGE)).end();
    }

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
