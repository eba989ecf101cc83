package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.report.page.HeaderView.FindingView;
import dev.crowdlab.run.Finding;
import dev.crowdlab.run.Finding.Severity;
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

    private static final Map<String, String> PLACES = Map.ofEntries(
            Map.entry("REJECTED_SHARE", "refused"),
            Map.entry("LABELS_NOBODY_GAVE", "again"),
            Map.entry("UNANIMITY_OVERRULED", "again"),
            Map.entry("VANISHED_SHARE", "labels"),
            Map.entry("CHANGED_SHARE", "labels"),
            Map.entry("QUALITY_DROP", "labels"),
            Map.entry("CLASSES_VANISHED", "classes"),
            Map.entry("ANNOTATORS_AT_FLOOR", "annotators"),
            Map.entry("MIN_ANNOTATORS", "annotators"),
            Map.entry("PARTLY_PREDICTED", "next"),
            Map.entry(Finding.OPPOSITE_LABELS, "annotators"),
            Map.entry(Finding.ONE_CLASS_ANNOTATORS, "annotators"),
            Map.entry("NO_AGREEMENT", "agreement"));

    private static final Map<String, String> LINKS = Map.of(
            "agreement", "Agreement",
            "annotators", "Annotators",
            "classes", "Classes",
            "labels", "Labels",
            "again", "Look again",
            "next", "Label next",
            "refused", "Rejected rows",
            "how", "Checks");

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
        addWarning(annotators.dropped());
        addWarning(annotators.below());
        boolean isOppositeTold = addWarning(annotators.opposite());
        boolean isOneClassTold = addWarning(annotators.oneClass());
        run.findings().stream()
                .filter(check(Severity.WARN))
                .filter(finding -> !(isOppositeTold && finding.code().equals(Finding.OPPOSITE_LABELS)))
                .filter(finding -> !(isOneClassTold && finding.code().equals(Finding.ONE_CLASS_ANNOTATORS)))
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
                false, Prose.begin().bold("Nothing stands out.").text(checks).end(), "#how", link("how"));
    }

    private List<FindingView> shown() {
        if (found.size() <= MAX) {
            return found;
        }
        List<FindingView> shown = new ArrayList<>(found.subList(0, MAX));
        int left = found.size() - MAX;
        shown.add(new FindingView(
                false, Prose.of(Words.count(left, "more finding", "more findings")), "#how", link("how")));
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
        add(true, CheckSentences.of(finding, context), PLACES.getOrDefault(finding.code(), "how"));
    }

    /** A cause where nothing was published, else a note. */
    private void addRejected(boolean isWarning) {
        boolean isToldByACheck = run.findings().stream()
                .anyMatch(finding -> finding.code().equals("REJECTED_SHARE") && finding.severity() != Severity.INFO);
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
