package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.AnnotatorFigures.Row;

/** What an annotator agrees with. */
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
}
