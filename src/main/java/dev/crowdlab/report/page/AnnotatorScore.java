package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Row;
import dev.crowdlab.report.words.Numbers;

/** What an annotator agrees with, and how the annotator answers. */
enum AnnotatorScore {
    WITH_OTHERS("With others") {
        @Override
        double of(Row row) {
            return row.isImputed() ? Double.NaN : row.withOthers();
        }
    },
    WITH_CONSENSUS("With consensus") {
        @Override
        double of(Row row) {
            return row.withConsensus();
        }
    },
    WITH_MODEL("With model") {
        @Override
        double of(Row row) {
            return row.withModel();
        }
    },
    /** Only of classes on a scale. */
    ABOVE_CONSENSUS("Above consensus") {
        @Override
        double of(Row row) {
            return row.habits().signedDifference().value();
        }

        @Override
        String text(Row row) {
            AnnotatorFigures.Interval interval = row.habits().signedDifference();
            return Double.isNaN(interval.value())
                    ? Numbers.NONE
                    : Numbers.change(interval.value(), 2) + "\u00a0± "
                            + Numbers.fixed((interval.upper() - interval.lower()) / 2, 2);
        }
    },
    /** Only where annotators may abstain. */
    ABSTAINED("Abstained") {
        @Override
        double of(Row row) {
            long abstained = row.habits().abstained();
            return abstained < 0 ? Double.NaN : (double) abstained / (abstained + row.labels());
        }

        @Override
        String text(Row row) {
            return Numbers.finePercent(of(row));
        }
    },
    /** Only where repeats are counted. */
    WITH_SELF("With self") {
        @Override
        double of(Row row) {
            return row.habits().selfAgreement().value();
        }
    };

    private final String heading;

    AnnotatorScore(String heading) {
        this.heading = heading;
    }

    /** The heading of its column. */
    String heading() {
        return heading;
    }

    /** The annotator's score; NaN if there is none. */
    abstract double of(Row row);

    /** The score in words. */
    String text(Row row) {
        return Numbers.score(of(row));
    }
}
