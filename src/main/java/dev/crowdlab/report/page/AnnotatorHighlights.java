package dev.crowdlab.report.page;

import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.figures.AnnotatorFigures.Row;
import dev.crowdlab.report.figures.PairFigures;
import dev.crowdlab.report.figures.PairFigures.OneClass;
import dev.crowdlab.report.figures.PairFigures.Opposite;
import dev.crowdlab.report.figures.PairFigures.Pair;
import dev.crowdlab.report.figures.PeriodFigures.Drop;
import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Names;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import dev.crowdlab.report.words.Words;
import java.util.List;
import java.util.Optional;

/** What stands out about annotators, in sentences. */
final class AnnotatorHighlights {

    private static final int NAMED = 3;

    private final Context context;
    private final RunFigures run;

    AnnotatorHighlights(Context context) {
        this.context = context;
        run = context.figures().run();
    }

    /** Who is clearly below the middle of the team. */
    Optional<Prose> below() {
        AnnotatorFigures team = context.figures().annotators();
        long below = team.size(Group.BELOW).annotators();
        if (below == 0) {
            return Optional.empty();
        }
        List<Shown> worst = AnnotatorOrder.of(Group.BELOW, team).stream()
                .limit(NAMED)
                .map(Row::id)
                .map(annotators()::inSentence)
                .toList();
        String share =
                Numbers.percent(team.size(Group.BELOW).labels(), run.counts().annotations()) + " of all labels.";
        Prose.Builder sentence = Prose.begin()
                .bold(Words.count(below, "annotator is", "annotators are") + " clearly below the middle of the team.");
        if (below == 1) {
            sentence.text(" It is " + annotators().noun("annotator")).ids(worst).text(", who gave " + share);
        } else {
            sentence.text(" Largest effect: " + annotators().noun("annotators"))
                    .ids(worst)
                    .text((below == 2 ? ". Both" : ". All " + Numbers.count(below)) + " gave " + share);
        }
        return Optional.of(sentence.text(byChance(team)).end());
    }

    /** The committee's intervals are not of chance alone, and neither are those that gold decides. */
    private String byChance(AnnotatorFigures team) {
        if (context.figures().consensus().areProbabilities() || team.byGold() > 0) {
            return "";
        }
        long byChance = team.belowByChance();
        return " If all were equally good, chance would put "
                + (byChance == 0 ? "nobody" : "about " + Numbers.count(byChance)) + " of "
                + Numbers.count(team.judged()) + " there.";
    }

    /** Who seems to give opposite labels, if a check found it. */
    Optional<Prose> opposite() {
        Optional<Opposite> opposite = context.figures().pairs().opposite();
        if (opposite.isEmpty() || !isFound(FindingCode.OPPOSITE_LABELS)) {
            return Optional.empty();
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
                        + Numbers.percent(opposite.get().chance()));
        return Optional.of(sentence.text("." + others()).end());
    }

    /** How many more a check found than the one that is told. */
    private String others() {
        long others = run.findings().stream()
                .filter(finding -> finding.is(FindingCode.OPPOSITE_LABELS))
                .mapToLong(finding -> Math.round(finding.observed()) - 1)
                .findFirst()
                .orElse(0);
        return others < 1
                ? ""
                : " " + Words.count(others, "other seems", "others seem") + " to do the same: see the checks.";
    }

    /** Who gives one class nearly always, if a check found it. */
    Optional<Prose> oneClass() {
        PairFigures figures = context.figures().pairs();
        if (figures.oneClass().isEmpty() || !isFound(FindingCode.ONE_CLASS_ANNOTATORS)) {
            return Optional.empty();
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
        return Optional.of(sentence.text(rest + ". "
                        + (annotators == 1 ? "That is " : "All " + Numbers.count(annotators) + " gave ")
                        + Numbers.percent(
                                figures.oneClassSize().labels(), run.counts().annotations())
                        + " of all labels.")
                .end());
    }

    private boolean isFound(FindingCode code) {
        return run.findings().stream().anyMatch(finding -> finding.is(code));
    }

    /** Whose agreement with the consensus has dropped. */
    Optional<Prose> dropped() {
        List<Drop> drops = context.figures().periods().drops();
        if (drops.isEmpty()) {
            return Optional.empty();
        }
        Drop first = drops.get(0);
        if (drops.size() == 1) {
            return Optional.of(Prose.begin()
                    .bold(annotators().noun("Annotator"))
                    .boldId(annotators().inSentence(first.annotator()))
                    .bold(" agrees less than before:")
                    .text(" with the consensus on " + Numbers.percent(first.now()) + " of labels since "
                            + context.dates().shortDay(first.since()) + ", on " + Numbers.percent(first.before())
                            + " in the time before.")
                    .end());
        }
        Prose.Builder sentence = Prose.begin()
                .bold(Words.annotators(drops.size()) + " agree less than before:")
                .text(" with the consensus ");
        for (Drop drop : drops.stream().limit(NAMED).toList()) {
            sentence.text(drop.equals(first) ? "" : ", ")
                    .id(annotators().inSentence(drop.annotator()))
                    .text(" on " + Numbers.percent(drop.now()) + " of labels since "
                            + context.dates().shortDay(drop.since()) + ", on " + Numbers.percent(drop.before())
                            + " before");
        }
        return Optional.of(
                sentence.text(drops.size() > NAMED ? " and others." : ".").end());
    }

    private Names annotators() {
        return context.annotators();
    }
}
