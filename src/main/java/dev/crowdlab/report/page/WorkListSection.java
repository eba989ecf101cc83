package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.figures.ReviewFigures;
import dev.crowdlab.report.figures.ReviewFigures.Example;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import java.util.List;
import java.util.stream.Stream;

/** The lists of what to look at again, what is probably wrong, and what to label next: what their templates share. */
public final class WorkListSection {

    /** How many rows of a list are printed. */
    public static final int MAX_IN_PRINT = 20;

    /** How many labels of an example are shown, and how many squares of one. */
    public static final int MAX_VOTES = 6;

    public static final int MAX_SQUARES = 7;

    /** What has a reason to be looked at, as the view review_queue tells it. */
    private static final String IN_THE_QUEUE =
            " and (tie_break <> 'none' or annotator_agreement < 1 or num_annotations = 1 or consensus_quality_score < 0.5)"
                    + " order by consensus_quality_score";

    private WorkListSection() {}

    /** What is printed below a list instead of the rows that print leaves out; empty: nothing. */
    public static String inPrint(int rows) {
        return rows <= MAX_IN_PRINT ? "" : "The file has " + Numbers.count(rows) + ".";
    }

    /** The examples of all lists to look at again. */
    public static List<Example> all(ReviewFigures review) {
        return Stream.of(review.lowest(), review.unvoted(), review.overruled())
                .flatMap(List::stream)
                .toList();
    }

    /** The query for all that is to be looked at again. */
    public static String queueQuery(Context context) {
        return context.from("label_quality") + IN_THE_QUEUE;
    }

    static Head again(ReportFigures figures) {
        return new Head("again", "Look again", Prose.NONE, all(figures.review()).isEmpty());
    }

    static Head wrong(ReportFigures figures) {
        return new Head(
                "wrong", "Likely wrong", Prose.NONE, figures.doubtful().rows().isEmpty());
    }

    static Head next(ReportFigures figures) {
        return new Head("next", "Label next", Prose.NONE, figures.next().rows().isEmpty());
    }
}
