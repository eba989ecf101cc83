package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Words;

/** Says which annotators to talk to. */
final class AnnotatorSection {

    private final Context context;
    private final AnnotatorFigures annotators;

    AnnotatorSection(Context context) {
        this.context = context;
        annotators = context.figures().annotators();
    }

    AnnotatorView view() {
        if (annotators.rows().isEmpty()) {
            return new AnnotatorView(
                    new Head("annotators", "Annotators", Prose.of("Nothing is known about annotators."), true),
                    null,
                    null,
                    null,
                    null);
        }
        Prose saying = saying();
        return new AnnotatorView(
                new Head("annotators", "Annotators", saying, false),
                annotators.hasMiddle() ? new FunnelPicture(context).funnel(saying.plain()) : null,
                new AnnotatorTable(context).table(),
                context.figures().pairs().annotators().size() > 2 ? new PairTable(context).pairs() : null,
                context.figures().periods().series().isEmpty() ? null : new PeriodPictures(context).periods());
    }

    private Prose saying() {
        if (annotators.count() == 1) {
            return Prose.of("One annotator: nothing to compare.");
        }
        if (!annotators.hasMiddle()) {
            return Prose.of("Too few to judge who is in line: this needs " + AnnotatorFigures.FEWEST
                    + " annotators with " + AnnotatorFigures.ENOUGH + " labels.");
        }
        long few = annotators.size(Group.FEW).annotators();
        return Prose.of(farFromTheMiddle(
                        annotators.size(Group.BELOW).annotators(),
                        annotators.size(Group.ABOVE).annotators())
                + told(Group.DRIFTING, " drifts", " drift")
                + told(Group.ONE_CLASS, " gives one class nearly always", " give one class nearly always")
                + (few == 0
                        ? "."
                        : "; " + Numbers.count(few) + Words.word(few, " has", " have") + " too few labels to say."));
    }

    private String told(Group group, String one, String many) {
        long count = annotators.size(group).annotators();
        return count == 0 ? "" : "; " + Numbers.count(count) + Words.word(count, one, many);
    }

    private String farFromTheMiddle(long below, long above) {
        if (below == 0 && above == 0) {
            return "Nobody is clearly below or above the middle of the team";
        }
        String start = below == 0
                ? "Nobody is"
                : Numbers.count(below) + " of " + Words.annotators(annotators.count())
                        + Words.word(below, " is", " are");
        return start + " clearly below the middle of the team, " + (above == 0 ? "nobody" : Numbers.count(above))
                + " clearly above";
    }
}
