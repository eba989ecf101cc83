package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.LabelFigures;
import dev.crowdlab.report.page.LabelView.Column;
import dev.crowdlab.report.page.LabelView.Picture;
import dev.crowdlab.report.picture.Scale;
import dev.crowdlab.report.picture.Svg;
import dev.crowdlab.report.picture.Tick;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Says and draws how good the consensus labels are as a whole. */
final class LabelSection {

    private static final double LEFT = 44;
    private static final double RIGHT = 392;
    private static final double TOP = 34;
    private static final double BOTTOM = 176;

    /** Of a column. */
    private static final double MAX_WIDTH = 48;

    private static final double CHARACTER = 6.6;
    private static final double LINE = 12;

    private final Context context;
    private final LabelFigures labels;

    LabelSection(Context context) {
        this.context = context;
        labels = context.figures().labels();
    }

    LabelView view() {
        if (labels.bins().isEmpty()) {
            return new LabelView(new Head("labels", "Labels", context.removed(), true), null, null);
        }
        long all = labels.bins().stream().mapToLong(Long::longValue).sum();
        String threshold = Numbers.score(LabelFigures.THRESHOLD);
        Prose saying = Prose.of(
                labels.below() == 0
                        ? "No consensus label has a quality below " + threshold + "."
                        : Numbers.percent(labels.below(), all) + " of consensus labels have a quality below "
                                + threshold + ".");
        return new LabelView(new Head("labels", "Labels", saying, false), quality(saying.plain(), all), annotations());
    }

    private Picture quality(String finding, long all) {
        long most = labels.bins().stream().mapToLong(Long::longValue).max().orElse(1);
        Scale across = Scale.linear(0, LabelFigures.BINS, LEFT, RIGHT);
        Scale up = Scale.linear(0, (double) Math.max(1, most), BOTTOM, TOP);
        List<Column> columns = new ArrayList<>();
        for (int bin = 0; bin < LabelFigures.BINS; bin++) {
            String kind = bin < LabelFigures.BINS * LabelFigures.THRESHOLD ? "below" : "fine";
            columns.add(column(
                    kind,
                    across.at(bin) + 1,
                    across.at(bin + 1.0) - 1,
                    up.at(labels.bins().get(bin)),
                    ""));
        }
        List<Tick> ticksAcross = new ArrayList<>();
        for (int bin = 0; bin <= LabelFigures.BINS; bin += LabelFigures.BINS / 4) {
            ticksAcross.add(new Tick(Svg.number(across.at(bin)), Numbers.score((double) bin / LabelFigures.BINS)));
        }
        String threshold = Numbers.score(LabelFigures.THRESHOLD);
        return new Picture(
                "Examples by quality of the consensus label",
                finding,
                columns,
                ticksAcross,
                marks(most, up),
                Numbers.count(labels.below()) + " below " + threshold,
                Numbers.count(all - labels.below()) + " at or above",
                Svg.number(across.at(LabelFigures.BINS * LabelFigures.THRESHOLD)),
                "Quality of the consensus label");
    }

    private Picture annotations() {
        List<Long> counts = upToTheLargest(labels.byAnnotations());
        boolean isLastOpen = labels.mostAnnotations() >= counts.size();
        long most = counts.stream().mapToLong(Long::longValue).max().orElse(1);
        double step = (RIGHT - LEFT) / counts.size();
        double half = Math.min(step - 6, MAX_WIDTH) / 2;
        Scale up = Scale.linear(0, (double) Math.max(1, most), BOTTOM, TOP);
        List<Column> columns = new ArrayList<>();
        List<Tick> ticks = new ArrayList<>();
        boolean[] numbered = numbered(counts, up);
        boolean areAllNumbered = true;
        for (int i = 0; i < counts.size(); i++) {
            double middle = LEFT + step * (i + 0.5);
            areAllNumbered &= numbered[i] || counts.get(i) == 0;
            columns.add(column(
                    i < 2 ? "volume" : "fine",
                    middle - half,
                    middle + half,
                    up.at(counts.get(i)),
                    numbered[i] ? Numbers.count(counts.get(i)) : ""));
            ticks.add(new Tick(Svg.number(middle), i + (isLastOpen && i == counts.size() - 1 ? "+" : "")));
        }
        return new Picture(
                "Examples by number of labels",
                "At most " + Words.labels(labels.mostAnnotations()) + "; "
                        + Words.count(labels.overlapping(), "example has", "examples have") + " two or more.",
                columns,
                ticks,
                areAllNumbered ? List.of() : marks(most, up),
                "",
                "",
                "",
                "Labels of the example");
    }

    private static List<Tick> marks(long most, Scale up) {
        return Svg.ticks(most).stream()
                .map(tick -> new Tick(Svg.number(up.at(tick)), Numbers.count(tick)))
                .toList();
    }

    /** Without the numbers of labels beyond the largest that an example has. */
    private static List<Long> upToTheLargest(List<Long> counts) {
        int largest = counts.size() - 1;
        while (largest > 1 && counts.get(largest) == 0) {
            largest--;
        }
        return counts.subList(0, largest + 1);
    }

    /** Which columns have room for their numbers: clear of the columns beside them, and of the numbers of greater columns. */
    private static boolean[] numbered(List<Long> counts, Scale up) {
        boolean[] numbered = new boolean[counts.size()];
        IntStream.range(0, counts.size())
                .filter(place -> counts.get(place) > 0)
                .boxed()
                .sorted(Comparator.comparing(counts::get).reversed())
                .forEach(place -> numbered[place] = IntStream.range(0, counts.size())
                        .noneMatch(other -> other != place && isInTheWay(counts, place, other, numbered[other], up)));
        return numbered;
    }

    private static boolean isInTheWay(List<Long> counts, int place, int other, boolean isNumbered, Scale up) {
        double step = (RIGHT - LEFT) / counts.size();
        double reach = step * Math.abs(other - place);
        double y = up.at(counts.get(place));
        double yOfOther = up.at(counts.get(other));
        double width = width(counts.get(place));
        boolean isColumn = yOfOther < y - 4 && reach < (width + step) / 2 - 2;
        boolean isNumber =
                isNumbered && Math.abs(yOfOther - y) < LINE && reach < (width + width(counts.get(other))) / 2 + 2;
        return isColumn || isNumber;
    }

    private static double width(long count) {
        return Numbers.count(count).length() * CHARACTER;
    }

    private static Column column(String kind, double from, double to, double top, String text) {
        return new Column(
                kind,
                Svg.number(from),
                Svg.number(top),
                Svg.number(to - from),
                Svg.number(BOTTOM - top),
                text,
                Svg.number((from + to) / 2),
                Svg.number(top - 6));
    }
}
