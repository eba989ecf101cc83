package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.PeriodFigures;
import dev.crowdlab.report.figures.PeriodFigures.Period;
import dev.crowdlab.report.figures.PeriodFigures.Series;
import dev.crowdlab.report.page.AnnotatorView.Column;
import dev.crowdlab.report.page.AnnotatorView.Periods;
import dev.crowdlab.report.picture.Scale;
import dev.crowdlab.report.picture.Svg;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Draws how annotators developed: quality with its interval, and labels as columns below, on the same scales for all. */
final class PeriodPictures {

    private static final double WIDTH = 184;
    private static final double PAD = 4;
    private static final double TOP = 4;
    private static final double QUALITY_BOTTOM = 44;
    private static final double BOTTOM = 62;
    private static final double COLUMN = 4;

    private final Context context;
    private final PeriodFigures figures;
    private final Scale across;
    private final Scale up = Scale.linear(0, 1, QUALITY_BOTTOM, TOP);
    private final Scale volume;

    PeriodPictures(Context context) {
        this.context = context;
        figures = context.figures().periods();
        List<Period> all = figures.series().stream()
                .flatMap(series -> series.periods().stream())
                .toList();
        long first = all.stream().mapToLong(PeriodPictures::day).min().orElse(0);
        long last = all.stream().mapToLong(PeriodPictures::day).max().orElse(0);
        across = Scale.linear((double) first, (double) last, PAD + COLUMN / 2, WIDTH - PAD - COLUMN / 2);
        volume = Scale.linear(
                0, (double) all.stream().mapToLong(Period::labels).max().orElse(1), 0, BOTTOM - QUALITY_BOTTOM - 2);
    }

    private static long day(Period period) {
        return period.start().toEpochDay();
    }

    Periods periods() {
        Series first = figures.series().get(0);
        Period from = first.periods().get(0);
        Period to = first.periods().get(first.periods().size() - 1);
        String in = step().equals("day") ? " on " : " in the week of ";
        return new Periods(
                Prose.begin()
                        .text("The mean score of the labels of each " + step()
                                + ", from 0 to 1, with its interval; below it,"
                                + " how many labels they were. It is not the quality in the table, which weighs an annotator"
                                + " as a whole: look at the course, not at the height. ")
                        .id(context.annotators().inSentence(first.annotator()))
                        .text(": " + Numbers.score(from.quality().value()) + in
                                + context.dates().shortDay(from.start()) + ", "
                                + Numbers.score(to.quality().value()) + in
                                + context.dates().shortDay(to.start()) + ".")
                        .end(),
                figures.series().stream().map(this::picture).toList());
    }

    private String step() {
        return figures.series().stream()
                        .map(Series::periods)
                        .anyMatch(periods -> periods.size() > 1
                                && ChronoUnit.DAYS.between(
                                                periods.get(0).start(),
                                                periods.get(1).start())
                                        < 7)
                ? "day"
                : "week";
    }

    private AnnotatorView.Period picture(Series series) {
        StringBuilder line = new StringBuilder();
        StringBuilder upper = new StringBuilder();
        StringBuilder lower = new StringBuilder();
        List<Column> columns = new ArrayList<>();
        for (Period period : series.periods()) {
            double x = across.at((double) day(period));
            double height = volume.at((double) period.labels());
            columns.add(new Column(
                    Svg.number(x - COLUMN / 2), Svg.number(BOTTOM - height), Svg.number(COLUMN), Svg.number(height)));
            if (!Double.isNaN(period.quality().value())) {
                line.append(line.isEmpty() ? "M" : "L")
                        .append(Svg.point(x, up.at(period.quality().value())));
                upper.append(upper.isEmpty() ? "M" : "L")
                        .append(Svg.point(x, up.at(period.quality().upper())));
                lower.insert(0, "L" + Svg.point(x, up.at(period.quality().lower())));
            }
        }
        return new AnnotatorView.Period(
                context.annotators().inTable(series.annotator()),
                line.toString(),
                upper.isEmpty() ? "" : upper.toString() + lower + "Z",
                columns,
                words(series));
    }

    private String words(Series series) {
        Period first = series.periods().get(0);
        Period last = series.periods().get(series.periods().size() - 1);
        return context.dates().shortDay(first.start()) + ": "
                + Numbers.score(first.quality().value()) + " · "
                + context.dates().shortDay(last.start()) + ": "
                + Numbers.score(last.quality().value());
    }
}
