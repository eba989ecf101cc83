package dev.crowdlab.report.page;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.report.figures.RunFigures.Changes;
import dev.crowdlab.report.figures.RunFigures.Counts;
import dev.crowdlab.report.figures.RunFigures.Published;
import dev.crowdlab.report.page.HeaderView.KeyFigure;
import dev.crowdlab.report.picture.Sparkline;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Dates;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import dev.crowdlab.report.words.Words;
import dev.crowdlab.run.RunStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The top of the page: status, lead, findings, five figures. */
final class HeaderSection {

    private static final double SPARK_WIDTH = 100;
    private static final double SPARK_HEIGHT = 24;

    private final Context context;
    private final RunFigures run;
    private final Counts counts;

    HeaderSection(Context context) {
        this.context = context;
        run = context.figures().run();
        counts = run.counts();
    }

    /** With links to pages beside this one. */
    HeaderView view(Prose trail) {
        boolean isFailed = run.status() == RunStatus.FAILED;
        return new HeaderView(
                trail,
                pill(),
                status(),
                "Annotation report · run " + run.runId() + " · data as of " + Dates.moment(run.asOf()),
                Shown.of(run.dataset(), Shown.IN_SENTENCE),
                new Highlights(context).views(),
                note(),
                isFailed || run.status() == RunStatus.SKIPPED ? List.of() : figures(),
                "Quality, of a consensus label or of an annotator, is a score from 0 to 1. "
                        + (context.figures().consensus().areProbabilities()
                                ? "It is the probability, as the method committee estimates it, that the label, or a label of the"
                                        + " annotator, is right."
                                : "It ranks within this dataset and is not a probability."),
                isFailed || run.status() != RunStatus.PUBLISHED ? Prose.NONE : since());
    }

    private String pill() {
        if (run.status() == RunStatus.REFUSED || run.status() == RunStatus.FAILED) {
            return "bad";
        }
        return run.removedAt().isPresent() || run.status() == RunStatus.SKIPPED ? "old" : "good";
    }

    private String status() {
        return switch (run.status()) {
            case REFUSED -> "Refused";
            case FAILED -> "Failed";
            case SKIPPED -> "Skipped";
            default -> run.removedAt().isPresent() ? "Removed" : "Published";
        };
    }

    private Prose note() {
        return run.status() == RunStatus.REFUSED ? Prose.of("These figures are of the refused run.") : Prose.NONE;
    }

    private List<KeyFigure> figures() {
        return List.of(
                figure(
                        "Examples labeled",
                        Numbers.count(counts.examples()),
                        Prose.of(
                                counts.unlabeled() == 0
                                        ? "all there are"
                                        : "of " + Numbers.count(counts.examples() + counts.unlabeled()) + ", "
                                                + Numbers.finePercent(
                                                        counts.examples(), counts.examples() + counts.unlabeled())),
                        Published::examples),
                figure("Labels", Numbers.count(counts.annotations()), moreLabels(), Published::annotations),
                figure(
                        "Labels per example",
                        counts.examples() == 0
                                ? Numbers.NONE
                                : Numbers.fixed((double) counts.annotations() / counts.examples(), 1),
                        overlapping(),
                        published -> (double) published.annotations() / Math.max(1, published.examples())),
                figure("Annotators", Numbers.count(counts.annotators()), few(), Published::annotators),
                figure(
                        "Mean label quality",
                        Numbers.fineScore(meanQuality()),
                        qualityChange(),
                        Published::meanQuality));
    }

    private Prose moreLabels() {
        return run.before()
                .map(before -> Prose.of(changed(counts.annotations() - before.annotations()) + " since "
                        + context.dates().shortDay(before.asOf())))
                .orElse(Prose.NONE);
    }

    private static String changed(long more) {
        return more == 0 ? "unchanged" : Numbers.change(more);
    }

    private Prose overlapping() {
        long overlapping = context.figures().labels().overlapping();
        return run.hasRows()
                ? Prose.of(
                        (overlapping == 0 ? "no example has" : Words.count(overlapping, "example has", "examples have"))
                                + " two or more")
                : Prose.NONE;
    }

    private Prose few() {
        AnnotatorFigures annotators = context.figures().annotators();
        long few = annotators.size(Group.FEW).annotators();
        return annotators.hasMiddle() && few > 0
                ? Prose.of(Numbers.count(few) + " with fewer than " + AnnotatorFigures.ENOUGH + " labels")
                : Prose.NONE;
    }

    private double meanQuality() {
        return run.findings().stream()
                .filter(finding -> finding.is(FindingCode.MEAN_QUALITY))
                .mapToDouble(Finding::observed)
                .findFirst()
                .orElse(Double.NaN);
    }

    private Prose qualityChange() {
        if (run.before().filter(found -> !found.measuresAlike()).isPresent()) {
            return Prose.of("measured by other settings before");
        }
        Optional<Published> before = run.before().filter(found -> !Double.isNaN(found.meanQuality()));
        if (before.isEmpty() || Double.isNaN(meanQuality())) {
            return Prose.NONE;
        }
        String change = Numbers.scoreChange(meanQuality() - before.get().meanQuality());
        return Prose.of((change.equals(Numbers.fineScore(0)) ? "unchanged" : change) + " since "
                + context.dates().shortDay(before.get().asOf()));
    }

    private KeyFigure figure(String name, String value, Prose note, ToDoubleFunction<Published> past) {
        List<Double> values = run.history().stream().map(past::applyAsDouble).toList();
        return new KeyFigure(
                name,
                value,
                note,
                Sparkline.own(values, SPARK_WIDTH, SPARK_HEIGHT).orElse(null));
    }

    private Prose since() {
        Optional<Published> before = run.before();
        if (before.isEmpty()) {
            return Prose.of("The first published run of this dataset: nothing to compare with yet.");
        }
        String lines = run.history().size() < 2
                ? ""
                : " Lines show the last " + run.history().size() + " published runs, each on its own scale.";
        return run.changes()
                .map(changes -> Prose.begin()
                        .bold("Since the run of "
                                + context.dates().shortDay(before.get().asOf()) + ":")
                        .text(" " + changed(changes) + "." + lines)
                        .end())
                .orElseGet(() -> Prose.of(lines.trim()));
    }

    /** {@code 32 labels changed, 1 is new, none is gone}. */
    static String changed(Changes changes) {
        return (changes.changed() == 0 ? "no label" : Words.labels(changes.changed())) + " changed, "
                + are(changes.added()) + " new, " + are(changes.gone()) + " gone";
    }

    private static String are(long count) {
        return count == 0 ? "none is" : Words.count(count, "is", "are");
    }
}
