package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.figures.AnnotatorFigures.Row;
import dev.crowdlab.report.figures.ClassFigures;
import dev.crowdlab.report.figures.PairFigures;
import dev.crowdlab.report.figures.PairFigures.OneClass;
import dev.crowdlab.report.figures.PairFigures.Opposite;
import dev.crowdlab.report.figures.PairFigures.Pair;
import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.report.page.HeaderView.FindingView;
import dev.crowdlab.run.Finding;
import dev.crowdlab.run.Finding.Severity;
import dev.crowdlab.run.RunStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands out, in sentences: warnings first. */
final class Highlights {

    static final int MAX = 7;

    private static final int NAMED = 3;

    /** From here on a share is worth telling beside that of the most frequent mix-up. */
    private static final double HIGHER = 1.5;

    /** With fewer labels the share of a mix-up is chance. */
    private static final int FEWEST_LABELS = 30;

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
        addBelow();
        boolean isOppositeTold = addOpposite();
        boolean isOneClassTold = addOneClass();
        run.findings().stream()
                .filter(check(Severity.WARN))
                .filter(finding -> !(isOppositeTold && finding.code().equals(Finding.OPPOSITE_LABELS)))
                .filter(finding -> !(isOneClassTold && finding.code().equals(Finding.ONE_CLASS_ANNOTATORS)))
                .forEach(this::addCheck);
        addMixUp();
        addDropped();
        addRejected();
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

    private Names annotators() {
        return context.annotators();
    }

    private void addBelow() {
        AnnotatorFigures team = context.figures().annotators();
        long below = team.size(Group.BELOW).annotators();
        if (below == 0) {
            return;
        }
        List<Shown> worst = AnnotatorOrder.of(Group.BELOW, team).stream()
                .limit(NAMED)
                .map(Row::id)
                .map(annotators()::inSentence)
                .toList();
        String share =
                Numbers.percent(team.size(Group.BELOW).labels(), run.counts().annotations()) + " of all labels. ";
        Prose.Builder sentence = Prose.begin()
                .bold(Words.count(below, "annotator is", "annotators are") + " clearly below the middle of the team.");
        if (below == 1) {
            sentence.text(" It is " + annotators().noun("annotator")).ids(worst).text(", who gave " + share);
        } else {
            sentence.text(" Largest effect: " + annotators().noun("annotators"))
                    .ids(worst)
                    .text(". All " + Numbers.count(below) + " gave " + share);
        }
        add(true, sentence.text(byChance(team)).end(), "annotators");
    }

    private static String byChance(AnnotatorFigures team) {
        long byChance = team.belowByChance();
        return byChance == 0
                ? "By chance alone it would be nobody."
                : "By chance alone it would be about " + Numbers.count(byChance) + " of " + Numbers.count(team.judged())
                        + ".";
    }

    private boolean isFound(String code) {
        return run.findings().stream().anyMatch(finding -> finding.code().equals(code));
    }

    private boolean addOpposite() {
        Optional<Opposite> opposite = context.figures().pairs().opposite();
        if (opposite.isEmpty() || !isFound(Finding.OPPOSITE_LABELS)) {
            return false;
        }
        Pair pair = opposite.get().pair();
        Prose.Builder sentence = Prose.begin()
                .bold(annotators().noun("Annotator"))
                .boldId(annotators().inSentence(pair.first()))
                .bold(" seems to give opposite labels:")
                .text(" agrees with " + annotators().noun("annotator"))
                .id(annotators().inSentence(pair.second()))
                .text(" on " + Numbers.percent(pair.agreed(), pair.common()) + " of " + Numbers.count(pair.common())
                        + " common examples, where guessing gives "
                        + Numbers.percent(context.figures().agreement().chance()));
        opposite.get().oneClass().ifPresent(one -> sentence.text("; gives ")
                .quoted(context.classes().inSentence(one.label()), false)
                .text(" in " + Numbers.finePercent(one.given(), one.labels()) + " of all labels"));
        add(true, sentence.text(".").end(), "annotators");
        return true;
    }

    private boolean addOneClass() {
        PairFigures figures = context.figures().pairs();
        if (figures.oneClass().isEmpty() || !isFound(Finding.ONE_CLASS_ANNOTATORS)) {
            return false;
        }
        long annotators = figures.oneClassSize().annotators();
        Prose.Builder sentence = Prose.begin()
                .bold(Words.count(annotators, "annotator gives", "annotators give") + " one class nearly always:")
                .text(" " + annotators().noun(Words.word(figures.oneClass().size(), "annotator", "annotators")));
        List<OneClass> named = figures.oneClass().stream().limit(NAMED).toList();
        for (OneClass one : named) {
            sentence.text(one.equals(named.get(0)) ? "" : ", ")
                    .id(annotators().inSentence(one.annotator()))
                    .text(" (")
                    .quoted(context.classes().inSentence(one.label()), false)
                    .text(" in " + Numbers.finePercent(one.given(), one.labels()) + " of " + Words.labels(one.labels())
                            + ")");
        }
        String rest = annotators > named.size() ? " and others" : "";
        add(
                true,
                sentence.text(rest + ". "
                                + (annotators == 1 ? "That is " : "All " + Numbers.count(annotators) + " gave ")
                                + Numbers.percent(
                                        figures.oneClassSize().labels(),
                                        run.counts().annotations())
                                + " of all labels.")
                        .end(),
                "annotators");
        return true;
    }

    private void addMixUp() {
        List<ClassFigures.MixUp> mixUps = context.figures().classes().mixUps();
        if (mixUps.isEmpty()) {
            return;
        }
        ClassFigures.MixUp most = mixUps.get(0);
        Prose.Builder sentence = Prose.begin()
                .quoted(context.classes().inSentence(most.given()), true)
                .bold(" for ")
                .quoted(context.classes().inSentence(most.consensus()), true)
                .bold(" is the most frequent mix-up:")
                .text(" ");
        addShare(sentence, most);
        mixUps.stream()
                .filter(mixUp -> mixUp.labels() >= FEWEST_LABELS)
                .max(Comparator.comparingDouble(ClassFigures.MixUp::share))
                .filter(mixUp -> mixUp.share() >= HIGHER * most.share())
                .ifPresent(mixUp -> {
                    sentence.text(" Fewer, but a larger share: ")
                            .quoted(context.classes().inSentence(mixUp.given()), false)
                            .text(" for ")
                            .quoted(context.classes().inSentence(mixUp.consensus()), false)
                            .text(", ");
                    addShare(sentence, mixUp);
                });
        add(false, sentence.end(), "classes");
    }

    private void addShare(Prose.Builder sentence, ClassFigures.MixUp mixUp) {
        sentence.text(Words.labels(mixUp.labels()) + ", " + Numbers.percent(mixUp.labels(), mixUp.ofRow())
                        + " of those for examples whose consensus is ")
                .quoted(context.classes().inSentence(mixUp.consensus()), false)
                .text(".");
    }

    private void addDropped() {
        context.figures().periods().drops().stream()
                .limit(NAMED)
                .forEach(drop -> add(
                        false,
                        Prose.begin()
                                .bold(annotators().noun("Annotator"))
                                .boldId(annotators().inSentence(drop.annotator()))
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
        if (run.counts().rejected() == 0 || isToldByACheck) {
            return;
        }
        add(
                false,
                Prose.begin()
                        .bold(Words.count(run.counts().rejected(), "row was", "rows were") + " rejected")
                        .text(" (" + RejectedSection.share(context) + ")")
                        .all(RejectedSection.cause(context))
                        .text(".")
                        .end(),
                "refused");
    }
}
