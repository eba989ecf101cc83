package dev.crowdlab.report.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.report.FiguresFixture;
import dev.crowdlab.report.figures.ConsensusFigures.Share;
import dev.crowdlab.report.figures.ExampleFigures;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.figures.StateFigures;
import dev.crowdlab.report.figures.StateFigures.Asked;
import dev.crowdlab.report.figures.StateFigures.Bought;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Prose;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the report says about the states of examples. */
class StateSectionTest {

    private static final Share UNKNOWN = new Share(Double.NaN, Double.NaN, Double.NaN);
    private static final ReportFigures FIGURES = FiguresFixture.figures(5, 3, i -> "a-" + i);

    private static StateView view(StateFigures states) {
        return new StateSection(Context.of(FiguresFixture.with(FIGURES, states), ExampleFigures.NONE, false)).view();
    }

    private static List<String> remarks(StateFigures states) {
        return view(states).remarks().stream().map(Prose::plain).toList();
    }

    private static StateFigures states(List<Asked> asked, Optional<Bought> bought) {
        return new StateFigures(1_820, 612, 189, UNKNOWN, 0, asked, bought);
    }

    @Test
    void itSaysHowManyNeedNobodyAndHowRightTheyAre() {
        StateView view =
                view(new StateFigures(1_820, 612, 189, new Share(0.94, 0.866, 0.974), 50, List.of(), Optional.empty()));
        assertThat(view.saying().plain())
                .isEqualTo(
                        "1,820 of 2,621 examples need nobody any more. 612 need another label, and 189 need an expert."
                                + " Of 50 examples that are done and have gold, 94.0\u202f% are right (90\u202f% interval 86.6 to"
                                + " 97.4\u202f%).");
        assertThat(view.rows())
                .extracting(row -> row.name() + " " + row.count() + " " + row.share())
                .containsExactly("Done 1,820 69.4\u202f%", "Ask 612 23.3\u202f%", "Expert 189 7.2\u202f%");
        assertThat(view(new StateFigures(1, 1, 1, UNKNOWN, 0, List.of(), Optional.empty()))
                        .saying()
                        .plain())
                .isEqualTo("1 of 3 examples needs nobody any more. 1 needs another label, and 1 needs an expert.");
    }

    @Test
    void itSaysWhatTheLastLabelsBoughtAndTheNextWould() {
        assertThat(remarks(states(
                        List.of(new Asked(0, 60), new Asked(1, 140), new Asked(4, 250), new Asked(6, 2_000)),
                        Optional.of(new Bought(5, Instant.parse("2026-03-03T00:00:00Z"), 1_240, 310, 0.912, 0.919)))))
                .containsExactly(
                        "The last 1,240 labels, since run 5 of 3 March 2026, left 310 more examples done; the estimated"
                                + " accuracy went from 91.2\u202f% to 91.9\u202f%.",
                        "The next 1,000 labels, one for each example, the least certain first, would mend 9 to 13 labels, as"
                                + " such labels did on 22 datasets with known truth.",
                        "Done means that a further label is not worth its price: the labels of these examples are about as right"
                                + " as if everybody had been asked. How right that is, only gold tells: the command sample asks"
                                + " for it.",
                        "Which examples these are says the column state of crowdlab_bi.label_state; what to ask next is written"
                                + " by export --table next-tasks.");
        assertThat(remarks(states(
                        List.of(new Asked(8, 100)),
                        Optional.of(new Bought(5, Instant.parse("2026-03-03T00:00:00Z"), 1, -1, Double.NaN, 0.919)))))
                .startsWith(
                        "The last 1 label, since run 5 of 3 March 2026, left 1 fewer example done.",
                        "The next 100 labels, one for each example, the least certain first, would mend less than one label,"
                                + " as such labels did on 22 datasets with known truth.");
        assertThat(remarks(states(List.of(), Optional.empty())))
                .hasSize(3)
                .startsWith("What labels bought is seen once a run follows that has more of them.");
    }

    @Test
    void withoutStatesItSaysWhatAsksForThem() {
        StateView view = view(StateFigures.NONE);
        assertThat(view.isNone()).isTrue();
        assertThat(view.saying().plain())
                .isEqualTo(
                        "Not switched on, or there is too little gold: with stop.at a run tells which examples need no more labels.");
    }
}
