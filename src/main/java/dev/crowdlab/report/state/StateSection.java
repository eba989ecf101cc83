package dev.crowdlab.report.state;

import dev.crowdlab.report.figures.StateFigures;
import dev.crowdlab.report.figures.StateFigures.Asked;
import dev.crowdlab.report.figures.StateFigures.Bought;
import dev.crowdlab.report.picture.Svg;
import dev.crowdlab.report.state.StateView.Row;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Dates;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Words;
import dev.crowdlab.settings.DatasetSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says which examples need nobody any more, and what labels bought and would buy. */
public final class StateSection {

    private static final double WIDTH = 270;

    /** So many labels are asked for next. */
    private static final long NEXT = 1_000;

    /** How many labels one more label mends, by probability: of 16 datasets that the rule was not made from, and of the six that it was made from. */
    private static final double[][] GAINS = {
        {.047, .030, .016, .009, .005, .002, .001, .0002, .0000},
        {.063, .041, .014, .016, .007, .003, .003, .0004, .0009}
    };

    private final StateFigures states;

    public StateSection(Context context) {
        states = context.figures().states();
    }

    public StateView view() {
        if (states.examples() == 0) {
            return new StateView(
                    Prose.begin()
                            .text("Not switched on, or there is too little gold: with ")
                            .code(DatasetSetting.STOP_AT.name())
                            .text(" a run tells which examples need no more labels.")
                            .end(),
                    List.of(),
                    List.of());
        }
        return new StateView(
                saying(),
                List.of(
                        row("Done", "stop here", states.done()),
                        row("Ask", "another annotator", states.ask()),
                        row("Expert", "somebody who knows", states.expert())),
                remarks());
    }

    private Row row(String name, String meaning, long count) {
        return new Row(
                name,
                meaning,
                Numbers.count(count),
                Numbers.finePercent(count, states.examples()),
                Svg.number(WIDTH * count / states.examples()));
    }

    private Prose saying() {
        Prose.Builder saying = Prose.begin()
                .bold(Numbers.count(states.done()) + " of " + Words.examples(states.examples()))
                .text(" " + Words.word(states.done(), "needs", "need") + " nobody any more. ")
                .text(Words.count(states.ask(), "needs another label", "need another label") + ", and "
                        + Numbers.count(states.expert()) + " " + Words.word(states.expert(), "needs", "need")
                        + " an expert.");
        return (states.gold() == 0
                        ? saying
                        : saying.text(" Of " + Words.count(states.gold(), "example that is", "examples that are")
                                + " done and " + Words.word(states.gold(), "has", "have") + " gold, "
                                + Numbers.finePercent(states.right().value()) + " are right (90\u202f% interval "
                                + Numbers.fixed(100 * states.right().lower(), 1) + " to "
                                + Numbers.fixed(100 * states.right().upper(), 1) + "\u202f%)."))
                .end();
    }

    private List<Prose> remarks() {
        List<Prose> remarks = new ArrayList<>();
        remarks.add(states.bought()
                .map(StateSection::bought)
                .orElseGet(() -> Prose.of("What labels bought is seen once a run follows that has more of them.")));
        next().ifPresent(remarks::add);
        remarks.add(Prose.of(
                "Done means that a further label is not worth its price: the labels of these examples are about as right as if everybody had been asked."
                        + (states.gold() == 0
                                ? " How right that is, only gold tells: the command sample asks for it."
                                : "")));
        remarks.add(Prose.begin()
                .text("Which examples these are says the column state of ")
                .code("crowdlab_bi.label_state")
                .text("; what to ask next is written by ")
                .code("export --table next-tasks")
                .text(".")
                .end());
        return remarks;
    }

    private static Prose bought(Bought bought) {
        String accuracy = Double.isNaN(bought.before()) || Double.isNaN(bought.after())
                ? "."
                : "; the estimated accuracy went from " + Numbers.finePercent(bought.before()) + " to "
                        + Numbers.finePercent(bought.after()) + ".";
        return Prose.begin()
                .text("The last ")
                .bold(Words.labels(bought.labels()))
                .text(", since run " + bought.runId() + " of " + Dates.day(bought.asOf()) + ", left "
                        + (bought.done() == 0
                                ? "as many examples done as before"
                                : Numbers.count(Math.abs(bought.done()))
                                        + (bought.done() > 0 ? " more" : " fewer")
                                        + Words.word(Math.abs(bought.done()), " example", " examples") + " done")
                        + accuracy)
                .end();
    }

    /** One label for each example that is to be asked about, where the probability is lowest. */
    private Optional<Prose> next() {
        long left = NEXT;
        double[] mended = new double[GAINS.length];
        for (Asked asked : states.asked()) {
            long count = Math.min(left, asked.count());
            for (int group = 0; group < GAINS.length; group++) {
                mended[group] += count * GAINS[group][asked.bin()];
            }
            left -= count;
        }
        long labels = NEXT - left;
        if (labels == 0) {
            return Optional.empty();
        }
        String least = Numbers.fixed(Math.min(mended[0], mended[1]), 0);
        String most = Numbers.fixed(Math.max(mended[0], mended[1]), 0);
        return Optional.of(Prose.begin()
                .text("The next ")
                .bold(Words.labels(labels))
                .text(", one for each example, the least certain first, would mend "
                        + (most.equals("0")
                                ? "less than one label"
                                : (least.equals(most) ? "about " + most : least + " to " + most)
                                        + (most.equals("1") ? " label" : " labels"))
                        + ", as such labels did on 22 datasets with known truth.")
                .end());
    }
}
