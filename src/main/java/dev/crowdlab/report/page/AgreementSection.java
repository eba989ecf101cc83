package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.AgreementFigures;
import dev.crowdlab.report.figures.AgreementFigures.Statistic;
import dev.crowdlab.report.figures.PairFigures.Pair;
import dev.crowdlab.report.figures.RunFigures.Counts;
import dev.crowdlab.report.page.AgreementView.Bar;
import dev.crowdlab.report.page.AgreementView.Row;
import dev.crowdlab.report.picture.Scale;
import dev.crowdlab.report.picture.Svg;
import dev.crowdlab.report.picture.Tick;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import dev.crowdlab.report.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says and draws how much annotators agree. */
final class AgreementSection {

    private static final double LEFT = 8;

    /** Where the words of the first tick begin with a minus. */
    private static final double LEFT_OF_NEGATIVE = 20;

    private static final double RIGHT = 292;
    private static final double MIN = -0.25;
    private static final double WANTED = 0.67;
    private static final double RELIABLE = 0.8;

    /** Beyond this difference one class dominates. */
    private static final double APART = 0.10;

    private static final double LEAST = 0.005;

    private static final String ALPHA = "krippendorff_alpha";
    private static final String AC1 = "gwet_ac1";
    private static final String PERCENT = "percent_agreement";
    private static final String KAPPA = "mean_cohen_kappa";

    private final Context context;
    private final AgreementFigures agreement;
    private final boolean isNegative;
    private final Scale scale;

    AgreementSection(Context context) {
        this.context = context;
        agreement = context.figures().agreement();
        isNegative =
                agreement.statistics().stream().anyMatch(statistic -> statistic.value() < 0 || statistic.lower() < 0);
        scale = Scale.linear(isNegative ? MIN : 0, 1, isNegative ? LEFT_OF_NEGATIVE : LEFT, RIGHT);
    }

    AgreementView view() {
        List<Row> rows = hasCommon()
                ? AgreementFigures.ORDER.stream()
                        .flatMap(name -> row(name).stream())
                        .toList()
                : List.of();
        Prose saying = saying();
        Head head = new Head("agreement", "Agreement", saying, rows.isEmpty());
        return new AgreementView(head, ticks(), rows, rows.isEmpty() ? List.of() : remarks());
    }

    /** Without an example of two labels the statistics would all say so. */
    private boolean hasCommon() {
        return agreement.statistics().stream()
                .filter(statistic -> statistic.name().equals(PERCENT))
                .noneMatch(statistic -> Double.isNaN(statistic.value()));
    }

    private Prose saying() {
        Counts counts = context.figures().run().counts();
        if (counts.annotators() == 1) {
            return Prose.of("One annotator: nothing to compare.");
        }
        List<Pair> pairs = context.figures().pairs().pairs();
        if (counts.annotators() == 2 && pairs.size() == 1) {
            Pair pair = pairs.get(0);
            return Prose.of("The two annotators agree on " + Numbers.percent(pair.agreed(), pair.common()) + " of "
                    + Words.count(pair.common(), "common example", "common examples") + ".");
        }
        Optional<Statistic> percent = agreement.defined(PERCENT);
        if (percent.isEmpty()) {
            return Prose.of(
                    agreement.statistics().isEmpty()
                            ? "Statistics of agreement were not stored for this run."
                            : "No example has two or more labels: agreement is not defined.");
        }
        String guess = Double.isNaN(agreement.chance())
                ? "."
                : "; labels given at random with the same class shares would agree in "
                        + Numbers.percent(agreement.chance()) + ".";
        return Prose.of("Two annotators who label the same example give the same label in "
                + Numbers.percent(percent.get().value()) + " of cases" + guess);
    }

    private List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>();
        for (double value = isNegative ? MIN : 0; value <= 1; value += 0.25) {
            ticks.add(new Tick(Svg.number(scale.at(value)), Numbers.shortScore(value)));
        }
        return ticks;
    }

    private Optional<Row> row(String name) {
        return agreement.statistics().stream()
                .filter(statistic -> statistic.name().equals(name))
                .findFirst()
                .map(statistic -> new Row(
                        Words.statistic(name),
                        meaning(statistic),
                        Numbers.boundedScore(statistic.value()),
                        statistic.hasInterval()
                                ? Numbers.score(statistic.lower()) + " to " + Numbers.score(statistic.upper())
                                : Numbers.NONE,
                        Double.isNaN(statistic.value()) ? null : bar(statistic)));
    }

    private Bar bar(Statistic statistic) {
        double from = statistic.hasInterval() ? statistic.lower() : statistic.value();
        double to = statistic.hasInterval() ? statistic.upper() : statistic.value();
        boolean hasChance = statistic.name().equals(PERCENT) && !Double.isNaN(agreement.chance());
        return new Bar(
                place(statistic.value()),
                place(from),
                place(to),
                hasChance ? place(agreement.chance()) : null,
                statistic.name().equals(ALPHA) ? place(WANTED) : null);
    }

    private String place(double value) {
        return Svg.number(scale.at(Math.max(isNegative ? MIN : 0, Math.min(1, value))));
    }

    private Prose meaning(Statistic statistic) {
        if (Double.isNaN(statistic.value()) && !statistic.note().isEmpty()) {
            return Prose.begin()
                    .id(Shown.of(statistic.note(), Shown.IN_MESSAGE))
                    .end();
        }
        String examples = Words.examples(statistic.count());
        return Prose.of(
                switch (statistic.name()) {
                    case PERCENT -> "agreeing pairs, mean of " + examples;
                    case ALPHA -> "corrected for chance: 0 is chance, 1 is perfect";
                    case "krippendorff_alpha_ordinal" -> "the same by ranks: near misses count less";
                    case "krippendorff_alpha_interval" -> "the same by squared differences";
                    case "gwet_ac2" -> "AC1 by squared differences; high wherever one class dominates";
                    case "mean_linear_kappa" -> "of pairs of annotators, by differences";
                    case "mean_quadratic_kappa" -> "of pairs of annotators, by squared differences";
                    case AC1 -> "the same, steadier when one class dominates";
                    case KAPPA -> "of " + Words.count(statistic.count(), "pair", "pairs") + " of annotators, added up";
                    case "fleiss_kappa" -> "for equally many labels everywhere, as here";
                    case "coverage" -> "labeled of all " + examples;
                    default -> "with two or more labels, of " + examples;
                });
    }

    private List<Prose> remarks() {
        List<Prose> remarks = new ArrayList<>();
        agreement.defined(ALPHA).map(AgreementSection::verdict).ifPresent(remarks::add);
        correction().ifPresent(remarks::add);
        remarks.add(Prose.begin()
                .text(
                        "Low agreement is not a verdict on people. It can also mean unclear guidelines, hard examples, or classes"
                                + " that overlap: see ")
                .link("#classes", "Classes")
                .text(".")
                .end());
        if (!agreement.hasTimes()) {
            remarks.add(Prose.begin()
                    .text("No annotation has a time (")
                    .code("annotated_at")
                    .text("), so nothing can be said about weeks or days.")
                    .end());
        }
        return remarks;
    }

    private static Prose verdict(Statistic alpha) {
        String interval = alpha.hasInterval()
                ? " (90\u202f% interval " + Numbers.score(alpha.lower()) + "\u00a0to\u00a0"
                        + Numbers.score(alpha.upper()) + ")"
                : "";
        String verdict = alpha.value() < WANTED
                ? "below the 0.67 from which labels of single annotators allow tentative conclusions"
                : alpha.value() < RELIABLE
                        ? "between 0.67 and 0.80: labels of single annotators allow tentative conclusions"
                        : "above 0.80: labels of single annotators are reliable";
        return Prose.begin()
                .text("Krippendorff’s alpha is " + Numbers.score(alpha.value()) + interval + ", ")
                .bold(verdict)
                .text(". It does not judge the consensus, which combines several labels.")
                .end();
    }

    private Optional<Prose> correction() {
        Optional<Statistic> alpha = agreement.defined(ALPHA);
        Optional<Statistic> ac1 = agreement.defined(AC1);
        if (alpha.isEmpty() || ac1.isEmpty()) {
            return Optional.empty();
        }
        double difference = Math.abs(alpha.get().value() - ac1.get().value());
        String start = "Alpha and AC1 remove the agreement that guessing alone would give. They differ by "
                + (difference < LEAST ? "less than 0.01" : Numbers.score(difference));
        return Optional.of(Prose.of(
                difference < APART
                        ? start + ": no class dominates, so either can be quoted."
                        : start + ", because one class has " + Numbers.percent(agreement.largestShare())
                                + " of the labels: quote both."));
    }
}
