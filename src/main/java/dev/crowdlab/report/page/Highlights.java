package dev.crowdlab.report.page;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.report.page.HeaderView.FindingView;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.MixUpSentence;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Words;
import dev.crowdlab.run.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** What stands out, in sentences: warnings first. */
final class Highlights {

    static final int MAX = 7;

    private static final String CHECKS = "how";

    private static final Map<String, String> LINKS = Map.of(
            "agreement",
            "Agreement",
            "annotators",
            "Annotators",
            "classes",
            "Classes",
            "labels",
            "Labels",
            "again",
            "Look again",
            "next",
            "Label next",
            "refused",
            "Rejected rows",
            CHECKS,
            "Checks");

    private final Context context;
    private final RunFigures run;
    private final List<FindingView> found = new ArrayList<>();

    Highlights(Context context) {
        this.context = context;
        run = context.figures().run();
    }

    /** At most {@value #MAX}; the rest is listed among the checks. */
    List<FindingView> views() {
        boolean isRefused = run.status() == RunStatus.REFUSED || run.status() == RunStatus.FAILED;
        run.findings().stream()
                .filter(check(Severity.FAIL))
                .skip(isRefused ? 1 : 0) // the lead says it
                .forEach(this::addCheck);
        if (isRefused) {
            addRejected(true);
        }
        AnnotatorHighlights annotators = new AnnotatorHighlights(context);
        boolean isDriftTold = addWarning(annotators.dropped());
        addWarning(annotators.below());
        boolean isOppositeTold = addWarning(annotators.opposite());
        boolean isOneClassTold = addWarning(annotators.oneClass());
        run.findings().stream()
                .filter(check(Severity.WARN))
                .filter(finding -> !(isDriftTold && finding.is(FindingCode.DRIFT)))
                .filter(finding -> !(isOppositeTold && finding.is(FindingCode.OPPOSITE_LABELS)))
                .filter(finding -> !(isOneClassTold && finding.is(FindingCode.ONE_CLASS_ANNOTATORS)))
                .forEach(this::addCheck);
        MixUpSentence.of(context).ifPresent(sentence -> add(false, sentence, "classes"));
        if (!isRefused) {
            addRejected(false);
        }
        return found.isEmpty() && !isRefused ? List.of(nothing()) : shown();
    }

    private FindingView nothing() {
        String checks = run.findings().isEmpty()
                ? ""
                : " " + Words.count(run.findings().size(), "check was", "checks were") + " made.";
        return new FindingView(
                false, Prose.begin().bold("Nothing stands out.").text(checks).end(), "#" + CHECKS, link(CHECKS));
    }

    private List<FindingView> shown() {
        if (found.size() <= MAX) {
            return found;
        }
        List<FindingView> shown = new ArrayList<>(found.subList(0, MAX));
        int left = found.size() - MAX;
        shown.add(new FindingView(
                false, Prose.of(Words.count(left, "more finding", "more findings")), "#" + CHECKS, link(CHECKS)));
        return shown;
    }

    private static Predicate<Finding> check(Severity severity) {
        return finding -> finding.severity() == severity;
    }

    private void add(boolean isWarning, Prose text, String place) {
        found.add(new FindingView(isWarning, text, "#" + place, link(place)));
    }

    private boolean addWarning(Optional<Prose> ofAnnotators) {
        ofAnnotators.ifPresent(sentence -> add(true, sentence, "annotators"));
        return ofAnnotators.isPresent();
    }

    private static String link(String place) {
        return Objects.requireNonNull(LINKS.get(place));
    }

    private void addCheck(Finding finding) {
        add(
                true,
                context.words(finding).prose(),
                FindingCode.named(finding.code())
                        .map(FindingCode::topic)
                        .map(Highlights::place)
                        .orElse(CHECKS));
    }

    /** Where the page has more about it. */
    private static String place(FindingCode.Topic topic) {
        return switch (topic) {
            case AGREEMENT -> "agreement";
            case ANNOTATORS -> "annotators";
            case CHECKS -> CHECKS;
            case CLASSES -> "classes";
            case LABELS -> "labels";
            case LABEL_NEXT -> "next";
            case REJECTED_ROWS -> "refused";
            case REVIEW -> "again";
        };
    }

    /** A cause where nothing was published, else a note. */
    private void addRejected(boolean isWarning) {
        boolean isToldByACheck = run.findings().stream()
                .anyMatch(finding -> finding.is(FindingCode.REJECTED_SHARE) && finding.severity() != Severity.INFO);
        if (run.counts().rejected() == 0 || isToldByACheck) {
            return;
        }
        add(
                isWarning,
                Prose.begin()
                        .bold(Words.count(run.counts().rejected(), "row was", "rows were") + " rejected")
                        .text(" (" + RejectedSection.share(context) + ")")
                        .all(RejectedSection.cause(context))
                        .text(".")
                        .end(),
                "refused");
    }
}
