package dev.crowdlab.report.compare;

import dev.crowdlab.report.compare.ComparisonView.Group;
import dev.crowdlab.report.compare.ComparisonView.Row;
import dev.crowdlab.report.compare.ComparisonView.SideBySide;
import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.ComparisonFigures;
import dev.crowdlab.report.figures.ComparisonFigures.Annotators;
import dev.crowdlab.report.figures.ComparisonFigures.Moved;
import dev.crowdlab.report.page.Head;
import dev.crowdlab.report.words.Names;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Words;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Who moved between the runs. */
final class AnnotatorMoves {

    /** Of intervals of 90 %, so many leave out what is so by chance. */
    private static final double BY_CHANCE = 0.1;

    private final ComparisonFigures figures;
    private final Sides sides;
    private final Names names;

    AnnotatorMoves(ComparisonFigures figures, boolean hasPseudonyms) {
        this.figures = figures;
        sides = new Sides(figures);
        names = hasPseudonyms ? Names.pseudonyms(figures.annotatorIds()) : Names.of(figures.annotatorIds());
    }

    SideBySide view() {
        List<Moved> moved = figures.annotators().map(Annotators::rows).orElse(List.of());
        Axis axis = Axis.ofScores(DoubleStream.empty());
        return new SideBySide(
                new Head("annotators", "Annotators", saying(), moved.isEmpty()),
                "Annotator",
                moved.isEmpty()
                        ? List.of()
                        : List.of(new Group(
                                "", moved.stream().map(row -> row(row, axis)).toList())),
                axis.ticks(),
                moved.isEmpty() ? Prose.NONE : caption());
    }

    private Prose saying() {
        if (figures.annotators().isEmpty()) {
            return sides.removed("annotator_stats")
                    .orElseGet(() -> Prose.of("One of the two runs stored no annotators."));
        }
        Annotators annotators = figures.annotators().get();
        String counts = (annotators.both() == 0
                        ? "No annotator is"
                        : Words.count(annotators.both(), "annotator is", "annotators are"))
                + " in both runs" + only(annotators.firstOnly(), sides.first())
                + only(annotators.secondOnly(), sides.second()) + ".";
        if (annotators.both() == 0) {
            return Prose.of(counts);
        }
        String enough = " " + AnnotatorFigures.ENOUGH + (annotators.isByGold() ? " gold" : "") + " labels in both";
        if (annotators.compared() == 0) {
            return Prose.of(counts + " None has" + enough + ", so nothing can be said of anyone.");
        }
        if (annotators.rows().isEmpty()) {
            return Prose.of(
                    counts + " None of the " + Numbers.count(annotators.compared()) + " with" + enough + " has moved.");
        }
        return Prose.of(counts + " Of the " + Numbers.count(annotators.compared()) + " with" + enough + ", "
                + number(annotators.risen()) + " " + Words.word(annotators.risen(), "is", "are") + " clearly better in "
                + sides.second() + " and " + number(annotators.fallen()) + " clearly worse"
                + (annotators.risen() + annotators.fallen() == 0
                        ? "."
                        : "; by chance alone up to "
                                + Numbers.count((long) Math.ceil(BY_CHANCE * annotators.compared()))
                                + " would seem so."));
    }

    private static String number(long count) {
        return count == 0 ? "none" : Numbers.count(count);
    }

    private static String only(long count, String run) {
        return count == 0 ? "" : ", " + Numbers.count(count) + " only in " + run;
    }

    private Row row(Moved moved, Axis axis) {
        return new Row(
                Prose.begin().id(names.inSentence(moved.annotator())).end(),
                Prose.of(Numbers.count(moved.labelsBefore()) + " and " + Words.labels(moved.labelsAfter())),
                Cells.score(moved.before()),
                Cells.score(moved.after()),
                Cells.difference(Difference.of(moved.before(), moved.after())),
                axis.bar(moved.before(), moved.after()));
    }

    private Prose caption() {
        Annotators annotators = figures.annotators().orElseThrow();
        long left = annotators.compared() - annotators.rows().size();
        return Prose.of((annotators.isByGold() ? "Share of labels that equal gold" : "Quality")
                + ", with 90\u202f% intervals; who moved most, beyond the interval first."
                + (left > 0 ? " " + Words.annotators(left) + " moved less or not at all." : "")
                + (!annotators.isByGold() && isMeasuredOtherwise()
                        ? " The runs measure quality by different settings, so a move may come from these."
                        : " Other examples, classes or guidelines can move people, too."));
    }

    private boolean isMeasuredOtherwise() {
        return Stream.of("quality_method", "consensus_methods", "label_quality_score", "use_gold")
                .anyMatch(name ->
                        !figures.first().setting(name).equals(figures.second().setting(name)));
    }
}
