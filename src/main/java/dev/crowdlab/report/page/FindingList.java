package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.figures.AnnotatorFigures.Row;
import dev.crowdlab.report.figures.ClassFigures;
import dev.crowdlab.report.figures.PairFigures.Pair;
import dev.crowdlab.report.figures.RejectedFigures;
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
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands out, in sentences: warnings first. */
final class FindingList {

    static final int MOST = 7;

    private static final int NAMED = 3;

    /** The first part of a message, and the rest of it. */
    private static final Pattern HALVES = Pattern.compile("(.{16,120}?[;:,.]) (.+)", Pattern.DOTALL);

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

    FindingList(Context context) {
        this.context = context;
        run = context.figures().run();
    }

    /** At most {@value #MOST}; the rest is listed among the checks. */
    List<FindingView> views() {
        boolean isRefused = run.status() == RunStatus.REFUSED || run.status() == RunStatus.FAILED;
        run.findings().stream()
                .filter(check(Severity.FAIL))
                .skip(isRefused ? 1 : 0) // the lead says it
                .forEach(this::addCheck);
        addBelow();
        boolean isOppositeTold = addOpposite();
        run.findings().stream()
                .filter(check(Severity.WARN))
                .filter(finding -> !(isOppositeTold && finding.code().equals(Finding.OPPOSITE_LABELS)))
                .forEach(this::addCheck);
        addMixUp();
        addDropped();
        addRejected();
        if (found.isEmpty() && !isRefused) {
            return List.of(new FindingView(
                    false,
                    Prose.begin()
                            .bold("Nothing stands out.")
                            .text(
                                    run.findings().isEmpty()
                                            ? ""
                                            : " " + Words.count(run.findings().size(), "check was", "checks were")
                                                    + " made.")
                            .end(),
                    "#how",
                    link("how")));
        }
        if (found.size() <= MOST) {
            return found;
        }
        List<FindingView> shown = new ArrayList<>(found.subList(0, MOST));
        int left = found.size() - MOST;
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

    private static String link(String place) {
        return Objects.requireNonNull(LINKS.get(place));
    }

    private void addCheck(Finding finding) {
        add(true, sentence(finding), PLACES.getOrDefault(finding.code(), "how"));
    }

    private Prose sentence(Finding finding) {
        BiFunction<Finding, RunFigures, Prose> own = CheckSentences.OF_CODES.get(finding.code());
        if (own != null && !Double.isNaN(finding.observed())) {
            return own.apply(finding, run);
        }
        String message = context.annotators().inMessage(finding.message());
        Matcher halves = HALVES.matcher(message);
        return halves.matches()
                ? Prose.begin()
                        .boldId(Shown.of(halves.group(1), Shown.IN_MESSAGE))
                        .text(" ")
                        .id(Shown.of(halves.group(2), Shown.IN_MESSAGE))
                        .end()
                : Prose.begin().boldId(Shown.of(message, Shown.IN_MESSAGE)).end();
    }

    private void addBelow() {
        AnnotatorFigures annotators = context.figures().annotators();
        long below = annotators.size(Group.BELOW).annotators();
        if (below == 0) {
            return;
        }
        List<Shown> worst = AnnotatorOrder.of(Group.BELOW, annotators).stream()
                .limit(NAMED)
                .map(Row::id)
                .map(context.annotators()::inSentence)
                .toList();
        add(
                true,
                Prose.begin()
                        .bold(Words.count(below, "annotator is", "annotators are")
                                + " clearly below the middle of the team.")
                        .text(below == 1 ? " It is " : " Largest effect: ")
                        .ids(worst)
                        .text(below == 1 ? ", who gave " : ". They gave ")
                        .text(Numbers.percent(
                                        annotators.size(Group.BELOW).labels(),
                                        run.counts().annotations())
                                + " of all labels.")
                        .end(),
                "annotators");
    }

    private boolean addOpposite() {
        Optional<Pair> opposite = context.figures().pairs().opposite();
        boolean isFound =
                run.findings().stream().anyMatch(finding -> finding.code().equals(Finding.OPPOSITE_LABELS));
        if (opposite.isEmpty() || !isFound) {
            return false;
        }
        Pair pair = opposite.get();
        add(
                true,
                Prose.begin()
                        .boldId(context.annotators().inSentence(pair.first()))
                        .bold(" seems to give opposite labels:")
                        .text(" agrees with ")
                        .id(context.annotators().inSentence(pair.second()))
                        .text(" on " + Numbers.percent(pair.agreed(), pair.common()) + " of "
                                + Numbers.count(pair.common()) + " common examples, where guessing gives "
                                + Numbers.percent(context.figures().agreement().chance()) + ".")
                        .end(),
                "annotators");
        return true;
    }

    private void addMixUp() {
        List<ClassFigures.MixUp> mixUps = context.figures().classes().mixUps();
        if (!mixUps.isEmpty()) {
            ClassFigures.MixUp most = mixUps.get(0);
            add(
                    false,
                    Prose.begin()
                            .quoted(context.classes().inSentence(most.given()), true)
                            .bold(" for ")
                            .quoted(context.classes().inSentence(most.consensus()), true)
                            .bold(" is the most frequent mix-up:")
                            .text(" " + Words.labels(most.labels()) + ", "
                                    + Numbers.percent(most.labels(), most.ofRow()) + " of that row.")
                            .end(),
                    "classes");
        }
    }

    private void addDropped() {
        context.figures().periods().drops().stream()
                .limit(NAMED)
                .forEach(drop -> add(
                        false,
                        Prose.begin()
                                .boldId(context.annotators().inSentence(drop.annotator()))
                                .bold(" agrees less than before:")
                                .text(" with the consensus on " + Numbers.percent(drop.now()) + " of labels since "
                                        + context.dates().shortDay(drop.since()) + ", on "
                                        + Numbers.percent(drop.before()) + " in the time before.")
                                .end(),
                        "annotators"));
    }

    private void addRejected() {
        boolean isToldByACheck = run.findings().stream()
                .anyMatch(finding -> finding.code().equals("REJECTED_SHARE") && finding.severity() != Severity.INFO);
        RejectedFigures rejected = context.figures().rejected();
        if (run.counts().rejected() == 0 || isToldByACheck) {
            return;
        }
        Prose.Builder sentence = Prose.begin()
                .bold(Words.count(run.counts().rejected(), "row was", "rows were") + " rejected")
                .text(" (" + RejectedSection.share(context) + ")");
        rejected.groups().stream()
                .filter(group -> group.reason().equals("UNKNOWN_LABEL"))
                .findFirst()
                .ifPresent(most -> sentence.text(", "
                                + (most.rows() == run.counts().rejected()
                                        ? ""
                                        : Numbers.count(most.rows()) + " of them ")
                                + "because ")
                        .quoted(Shown.of(most.label(), Shown.IN_SENTENCE), false)
                        .text(" is not a class"));
        add(false, sentence.text(".").end(), "refused");
    }
}
