package dev.crowdlab.report.compare;

import dev.crowdlab.report.compare.ComparisonView.Cell;
import dev.crowdlab.report.compare.ComparisonView.Example;
import dev.crowdlab.report.compare.ComparisonView.Group;
import dev.crowdlab.report.compare.ComparisonView.LabelsView;
import dev.crowdlab.report.compare.ComparisonView.Row;
import dev.crowdlab.report.compare.ComparisonView.SideBySide;
import dev.crowdlab.report.figures.ComparisonFigures;
import dev.crowdlab.report.figures.ComparisonFigures.ClassShare;
import dev.crowdlab.report.figures.ComparisonFigures.Flow;
import dev.crowdlab.report.figures.ComparisonFigures.Labels;
import dev.crowdlab.report.figures.ComparisonFigures.Side;
import dev.crowdlab.report.figures.ConsensusFigures.Share;
import dev.crowdlab.report.figures.ExampleFigures;
import dev.crowdlab.report.page.ConsensusView.Column;
import dev.crowdlab.report.page.ConsensusView.Table;
import dev.crowdlab.report.page.Head;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Names;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The classes' shares in both runs, and the labels that differ. */
final class LabelTables {

    private final ComparisonFigures figures;
    private final ExampleFigures texts;
    private final Sides sides;
    private final Names examples;
    private final Names classes;

    LabelTables(ComparisonFigures figures, ExampleFigures texts) {
        this.figures = figures;
        this.texts = texts;
        sides = new Sides(figures);
        examples = Names.of(figures.examples());
        classes = Names.of(Stream.concat(
                        figures.shares().stream().map(ClassShare::name),
                        figures.labels().stream()
                                .flatMap(labels -> labels.flows().stream())
                                .flatMap(flow -> Stream.of(flow.from(), flow.to())))
                .toList());
    }

    SideBySide classes() {
        List<ClassShare> shares = inOrder(figures.shares());
        Axis axis = Axis.ofShares(shares.stream()
                .flatMapToDouble(share ->
                        DoubleStream.of(before(share).value(), after(share).value()))
                .filter(value -> !Double.isNaN(value)));
        return new SideBySide(
                new Head("classes", "Classes", classesSaying(), shares.isEmpty()),
                "Class",
                shares.isEmpty()
                        ? List.of()
                        : List.of(new Group(
                                "",
                                shares.stream().map(share -> row(share, axis)).toList())),
                axis.ticks(),
                Prose.of("Share of the examples with this label, and their number."
                        + (shares.size() == ComparisonFigures.MAX_CLASSES
                                ? " The " + ComparisonFigures.MAX_CLASSES + " most frequent classes."
                                : "")));
    }

    /** As configured, where all are shown. */
    private List<ClassShare> inOrder(List<ClassShare> shares) {
        if (shares.size() >= ComparisonFigures.MAX_CLASSES) {
            return shares;
        }
        List<String> order = figures.sides()
                .flatMap(side -> side.classes().stream())
                .distinct()
                .toList();
        return shares.stream()
                .sorted(Comparator.comparingInt(share -> Math.floorMod(order.indexOf(share.name()), Integer.MAX_VALUE)))
                .toList();
    }

    private Prose classesSaying() {
        Optional<ClassShare> moved = figures.labels().isEmpty()
                ? Optional.empty()
                : figures.shares().stream().max(Comparator.comparingDouble(share -> Math.abs(shift(share))));
        if (moved.isEmpty()) {
            return missing();
        }
        double shift = shift(moved.get());
        String points = Numbers.change(100 * Math.abs(shift), 1).replace("+", "");
        if (points.equals("0.0")) {
            return Prose.of("Each class has the same share of the labels in both runs.");
        }
        return Prose.begin()
                .text("The largest shift: ")
                .quoted(classes.inSentence(moved.get().name()), true)
                .text(" has " + Numbers.finePercent(after(moved.get()).value()) + " of the labels of " + sides.second()
                        + ", " + points + " points " + (shift > 0 ? "more" : "less") + " than of " + sides.first()
                        + ".")
                .end();
    }

    private Prose missing() {
        return sides.removed("label_quality").orElseGet(() -> Prose.of("One of the two runs stored no labels."));
    }

    private double shift(ClassShare share) {
        return after(share).value() - before(share).value();
    }

    private Share before(ClassShare share) {
        return share(figures.first(), share.first());
    }

    private Share after(ClassShare share) {
        return share(figures.second(), share.second());
    }

    private static boolean hasLabels(Side side) {
        return side.run().removedAt().isEmpty() && side.run().counts().examples() > 0;
    }

    private static Share share(Side side, long count) {
        return Cells.exact(
                hasLabels(side) ? (double) count / side.run().counts().examples() : Double.NaN);
    }

    private Row row(ClassShare share, Axis axis) {
        return new Row(
                Prose.begin().id(classes.inSentence(share.name())).end(),
                Prose.NONE,
                cell(figures.first(), before(share), share.first()),
                cell(figures.second(), after(share), share.second()),
                Cells.points(Difference.of(before(share), after(share))),
                axis.bar(before(share), after(share)));
    }

    private static Cell cell(Side side, Share share, long count) {
        return hasLabels(side) ? Cells.counted(share, count) : Cells.noted(Numbers.NONE, "removed");
    }

    LabelsView labels() {
        Optional<Labels> found = figures.labels();
        if (found.isEmpty() || found.get().both() == 0) {
            Prose saying =
                    found.isEmpty() ? missing() : Prose.of("No example is in both runs, so no label can be compared.");
            return new LabelsView(
                    new Head("labels", "Labels", saying, true),
                    new Table(List.of(), List.of()),
                    List.of(),
                    Prose.NONE,
                    "");
        }
        Labels labels = found.get();
        return new LabelsView(
                new Head("labels", "Labels", labelsSaying(labels), false),
                flows(labels),
                labels.changed().stream().map(this::example).toList(),
                Prose.of(
                        "The examples that both runs label most surely and differently: whichever is right, a guideline can"
                                + " decide it. With the quality of each label."),
                labels.changed().isEmpty() ? "" : query());
    }

    private Prose labelsSaying(Labels labels) {
        long changed = labels.both() - labels.same();
        String only = only(labels.firstOnly(), sides.first()) + only(labels.secondOnly(), sides.second());
        Prose.Builder prose = Prose.begin();
        if (changed == 0) {
            prose.text("All " + Words.examples(labels.both()) + " in both runs have the same label.");
        } else {
            prose.bold(Numbers.count(changed) + " of " + Words.examples(labels.both()) + " in both runs "
                            + Words.word(changed, "is", "are") + " labeled differently")
                    .text(" (" + Numbers.finePercent(changed, labels.both()) + ").");
        }
        return prose.text(only).end();
    }

    private static String only(long count, String run) {
        return count == 0 ? "" : " " + Words.count(count, "example is", "examples are") + " in " + run + " only.";
    }

    private Table flows(Labels labels) {
        long changed = labels.both() - labels.same();
        List<List<Prose>> rows = new ArrayList<>();
        for (Flow flow : labels.flows()) {
            rows.add(List.of(
                    Prose.begin().id(classes.inSentence(flow.from())).end(),
                    Prose.begin().boldId(classes.inSentence(flow.to())).end(),
                    Prose.of(Numbers.count(flow.examples())),
                    Prose.of(Numbers.percent(flow.examples(), changed))));
        }
        return new Table(
                List.of(
                        new Column("From, in " + Sides.heading(figures.first()).toLowerCase(Locale.ROOT), false),
                        new Column("To, in " + Sides.heading(figures.second()).toLowerCase(Locale.ROOT), false),
                        new Column("Examples", true),
                        new Column("Of all that differ", true)),
                rows);
    }

    private Example example(ComparisonFigures.Changed changed) {
        return new Example(
                examples.inTable(changed.example()),
                texts.link().apply(changed.example()),
                Context.beginning(texts.texts().get(changed.example())),
                classes.inTable(changed.from()),
                Numbers.smallScore(changed.before()),
                classes.inTable(changed.to()),
                Numbers.smallScore(changed.after()));
    }

    private String query() {
        return "select example_id, a.consensus_label, b.consensus_label from crowdlab.label_quality a join"
                + " crowdlab.label_quality b using (example_id) where a.run_id = "
                + figures.first().run().runId() + " and b.run_id = "
                + figures.second().run().runId() + " and a.consensus_label <> b.consensus_label";
    }
}
