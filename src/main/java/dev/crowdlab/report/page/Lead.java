package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.AgreementFigures;
import dev.crowdlab.report.figures.AgreementFigures.Statistic;
import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.run.Finding.Severity;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.text.Plural;
import java.util.Optional;

/** The first sentence: can the labels be trusted. */
final class Lead {

    /** With fewer examples that several annotators labeled, agreement is chance. */
    static final int FEWEST_EXAMPLES = 30;

    /** With spaces at which no line ends. */
    private static final String UNBROKEN = "90\u202f%% interval %s\u00a0to\u00a0%s";

    private static final double TENTATIVE = 0.67;
    private static final double RELIABLE = 0.8;

    private static final double[] LIMITS = {0, 0.2, 0.4, 0.6, 0.8};
    private static final String[] WORDS = {"no", "slight", "fair", "moderate", "substantial", "almost perfect"};

    private final Context context;

    Lead(Context context) {
        this.context = context;
    }

    Prose prose() {
        RunFigures run = context.figures().run();
        if (run.status() == RunStatus.REFUSED) {
            return refused(run);
        }
        if (run.status() == RunStatus.FAILED) {
            return Prose.begin()
                    .bold("The run failed")
                    .text(" after " + Plural.of(run.duration()) + ": ")
                    .id(Shown.of(message(run), Shown.IN_MESSAGE))
                    .end();
        }
        if (run.status() == RunStatus.SKIPPED) {
            return Prose.begin()
                    .bold("Nothing was new.")
                    .text(" The run found the rows of the published result, which stays in use.")
                    .end();
        }
        return agreement();
    }

    private Prose refused(RunFigures run) {
        Prose.Builder lead = Prose.begin().bold("Not published.").text(" ");
        lead.id(Shown.of(message(run), Shown.IN_MESSAGE));
        run.before().ifPresent(before -> lead.text(" The result of " + Dates.day(before.asOf()) + " stays in use."));
        return lead.end();
    }

    private String message(RunFigures run) {
        return run.findings().stream()
                .filter(finding -> finding.severity() == Severity.FAIL)
                .map(context::message)
                .findFirst()
                .orElse("No reason was recorded.");
    }

    private Prose agreement() {
        AgreementFigures agreement = context.figures().agreement();
        long annotators = context.figures().run().counts().annotators();
        long overlapping = context.figures().labels().overlapping();
        if (annotators == 1) {
            return Prose.of("One annotator: nothing to compare.");
        }
        Optional<Statistic> alpha = agreement.defined("krippendorff_alpha");
        Optional<Statistic> pairs = agreement.defined("percent_agreement");
        long known = pairs.map(Statistic::count).orElse(overlapping);
        if (known < FEWEST_EXAMPLES) {
            return Prose.of(
                    known == 0
                            ? "No example has two or more labels: agreement cannot be measured."
                            : "Only " + Words.count(known, "example has", "examples have")
                                    + " two or more labels: agreement cannot be measured yet.");
        }
        if (pairs.isEmpty()) {
            return Prose.of(Words.annotators(annotators) + " labeled "
                    + Words.examples(context.figures().run().counts().examples())
                    + "; statistics of agreement were not stored for this run.");
        }
        Prose.Builder lead = Prose.begin()
                .text("Annotators agree on " + Numbers.percent(pairs.get().value()) + " of pairs. ");
        return alpha.map(value -> verdict(lead, value).end())
                .orElseGet(() -> lead.text("Krippendorff’s alpha is undefined: all labels are the same.")
                        .end());
    }

    private static Prose.Builder verdict(Prose.Builder lead, Statistic alpha) {
        lead.text("Krippendorff’s alpha is " + Numbers.score(alpha.value()));
        if (alpha.hasInterval()) {
            lead.muted(" (" + UNBROKEN.formatted(Numbers.score(alpha.lower()), Numbers.score(alpha.upper())) + ")");
        }
        return lead.text(": ").bold(words(alpha) + " agreement").text(", " + consequence(alpha.value()) + ".");
    }

    /** Two words where the interval spans a limit. */
    static String words(Statistic alpha) {
        String least = word(alpha.hasInterval() ? alpha.lower() : alpha.value());
        String most = word(alpha.hasInterval() ? alpha.upper() : alpha.value());
        return least.equals(most) ? least : least + " to " + most;
    }

    private static String word(double value) {
        int place = 0;
        while (place < LIMITS.length && value >= LIMITS[place]) {
            place++;
        }
        return WORDS[place];
    }

    private static String consequence(double alpha) {
        if (alpha < TENTATIVE) {
            return "below the 0.67 required even for tentative conclusions";
        }
        return alpha < RELIABLE ? "between 0.67 and 0.80: tentative conclusions" : "above 0.80: reliable";
    }
}
