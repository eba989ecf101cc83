package dev.crowdlab.report.page;

import static java.util.Comparator.comparingDouble;

import dev.crowdlab.report.figures.ConsensusFigures.Method;
import dev.crowdlab.report.figures.ShareFigures;
import dev.crowdlab.report.page.ShareView.Bar;
import dev.crowdlab.report.page.ShareView.Row;
import dev.crowdlab.report.picture.Scale;
import dev.crowdlab.report.picture.Svg;
import dev.crowdlab.report.picture.Tick;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import dev.crowdlab.report.words.Words;
import dev.crowdlab.settings.DatasetSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says and draws how many examples are of each class, as counted and as corrected by gold. */
final class ShareSection {

    static final int MAX_ROWS = 30;

    private static final double LEFT = 14;
    private static final double RIGHT = 284;
    private static final double MIDDLE = 17;

    /** The greatest shares that a picture has room for, and its ticks. */
    private static final double[][] SCALES = {{0.05, 0.01}, {0.1, 0.02}, {0.2, 0.05}, {0.5, 0.1}, {1, 0.25}};

    private final Context context;
    private final ShareFigures shares;
    private final double[] range;
    private final Scale scale;

    ShareSection(Context context) {
        this.context = context;
        shares = context.figures().shares();
        double greatest = shares.rows().stream()
                .mapToDouble(row -> Math.max(row.counted(), Double.isNaN(row.upper()) ? 0 : row.upper()))
                .max()
                .orElse(1);
        int size = 0;
        while (size < SCALES.length - 1 && SCALES[size][0] < greatest) {
            size++;
        }
        range = SCALES[size];
        scale = Scale.linear(0, range[0], LEFT, RIGHT);
    }

    ShareView view() {
        boolean isNone = shares.rows().isEmpty();
        return new ShareView(
                new Head("shares", "Shares of classes", saying(), isNone),
                isCorrected(),
                shares.rows().stream().anyMatch(ShareFigures.Row::isOff),
                ticks(),
                shares.rows().stream().limit(MAX_ROWS).map(this::row).toList(),
                more(),
                isNone ? List.of() : remarks());
    }

    private boolean isCorrected() {
        return shares.reason().isEmpty();
    }

    private Prose saying() {
        if (shares.rows().isEmpty()) {
            boolean hasGold = context.figures().consensus().methods().stream()
                    .map(Method::goldCount)
                    .anyMatch(count -> count > 0);
            return Prose.of(
                    hasGold
                            ? "Shares of classes were not stored for this run, which was written by an earlier version."
                            : "Without gold nobody can say how far counted shares of classes are off; the command sample draws"
                                    + " the examples to ask an expert about.");
        }
        if (!isCorrected()) {
            return Prose.begin()
                    .text("Shares of classes are only counted, and may be off. ")
                    .id(Shown.of(shares.reason(), Shown.IN_MESSAGE))
                    .end();
        }
        Optional<ShareFigures.Row> off = shares.rows().stream()
                .filter(ShareFigures.Row::isOff)
                .max(comparingDouble(ShareFigures.Row::difference));
        ShareFigures.Row row = off.orElse(shares.rows().get(0));
        return Prose.begin()
                .text("By " + Words.count(shares.gold(), "gold label", "gold labels") + ", ")
                .quoted(context.classes().inSentence(row.label()), false)
                .text(" is ")
                .bold(Numbers.finePercent(row.corrected()))
                .text(" of the examples, about " + Numbers.count(Math.round(row.corrected() * shares.examples()))
                        + " of "
                        + Numbers.count(shares.examples()) + " (90\u202f% interval " + interval(row) + ")"
                        + (off.isPresent()
                                ? ", not " + Numbers.finePercent(row.counted()) + " as counted."
                                : "; all counted shares are within their intervals."))
                .end();
    }

    private static String interval(ShareFigures.Row row) {
        return Numbers.fixed(100 * row.lower(), 1) + " to " + Numbers.fixed(100 * row.upper(), 1) + "\u202f%";
    }

    private List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>();
        for (int step = 0; step * range[1] <= range[0] + range[1] / 2; step++) {
            ticks.add(new Tick(Svg.number(scale.at(step * range[1])), Numbers.percent(step * range[1])));
        }
        return ticks;
    }

    private Row row(ShareFigures.Row row) {
        boolean isKnown = !Double.isNaN(row.corrected());
        return new Row(
                context.classes().inTable(row.label()),
                isKnown
                        ? "counted " + Numbers.finePercent(row.counted())
                                + (row.isOff() ? ", outside the interval" : "")
                        : "",
                Numbers.finePercent(row.share()),
                isKnown ? interval(row) : Numbers.NONE,
                bar(row));
    }

    private Bar bar(ShareFigures.Row row) {
        double counted = scale.at(row.counted());
        boolean isKnown = !Double.isNaN(row.corrected());
        return new Bar(
                Svg.number(counted),
                row.isOff() ? FunnelPicture.triangle(counted, MIDDLE) : null,
                isKnown ? Svg.number(scale.at(row.corrected())) : null,
                isKnown ? Svg.number(scale.at(row.lower())) : "",
                isKnown ? Svg.number(scale.at(row.upper())) : "");
    }

    private Prose more() {
        List<ShareFigures.Row> left = shares.rows().stream().skip(MAX_ROWS).toList();
        if (left.isEmpty()) {
            return Prose.NONE;
        }
        double counted = left.stream().mapToDouble(ShareFigures.Row::counted).sum();
        long off = left.stream().filter(ShareFigures.Row::isOff).count();
        return Prose.begin()
                .text(Words.count(left.size(), "more class has", "more classes have")
                        + " smaller shares, together "
                        + Numbers.finePercent(Math.min(1, counted))
                        + " of the labels"
                        + (off == 0
                                ? ""
                                : "; of " + Numbers.count(off) + " of them the counted share is outside the interval")
                        + ": ")
                .code("class_share")
                .text(".")
                .end();
    }

    private List<Prose> remarks() {
        List<Prose> remarks = new ArrayList<>();
        remarks.add(Prose.of(
                "Counted is the share of consensus labels. Corrected is an estimate of what an expert would say"
                        + " if asked about every one of these " + Words.examples(shares.examples())
                        + "; about other examples it says nothing, and one interval in ten misses."));
        remarks.add(assumption());
        if (isCorrected()) {
            remarks.add(Prose.of(
                    shares.more() == 0
                            ? "All examples have gold, so that the corrected shares are exact."
                            : Words.count(shares.more(), "more gold label", "more gold labels")
                                    + ", drawn in the same way, would halve the intervals."));
        }
        if (shares.periods() > 0) {
            remarks.add(Prose.begin()
                    .text(Words.count(shares.periods(), "period has", "periods have")
                            + " enough gold for shares of "
                            + Words.word(shares.periods(), "its", "their") + " own: ")
                    .code("class_share")
                    .text(".")
                    .end());
        }
        return remarks;
    }

    private Prose assumption() {
        Prose.Builder assumption = Prose.begin()
                .text("The correction assumes that the examples with gold were drawn at random, as the command ")
                .code("sample")
                .text(" does. ");
        return (shares.isSample()
                        ? assumption.text(
                                "Only the first in its order count here: " + Words.examples(shares.gold()) + ".")
                        : assumption
                                .text("Nobody has said so here: without ")
                                .code(DatasetSetting.SAMPLE_SEED.name())
                                .text(" only their qualities are compared with those of all."))
                .end();
    }
}
