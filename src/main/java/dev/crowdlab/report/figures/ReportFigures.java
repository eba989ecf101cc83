package dev.crowdlab.report.figures;

import java.util.List;
import java.util.stream.Stream;

/**
 * All that a report shows.
 *
 * @param run the run itself
 * @param standing what became of the dataset's newest run, and which run is in use
 * @param agreement how much annotators agree
 * @param annotators the annotators
 * @param pairs who agrees with whom
 * @param periods how annotators developed over weeks or days
 * @param classes what is taken for what
 * @param labels the consensus labels as a whole
 * @param shares how many examples are of each class
 * @param states what examples need
 * @param machines what machines are worth, and what gold did to the labels
 * @param consensus the consensus methods side by side
 * @param review what to look at again
 * @param doubtful single annotations that are probably wrong
 * @param next what to label next
 * @param rejected rows that could not be used
 * @param origin settings, models, hashes
 */
// more components: one for each part of the report, read in one snapshot
public record ReportFigures(
        RunFigures run,
        StandingFigures standing,
        AgreementFigures agreement,
        AnnotatorFigures annotators,
        PairFigures pairs,
        PeriodFigures periods,
        ClassFigures classes,
        LabelFigures labels,
        ShareFigures shares,
        StateFigures states,
        MachineFigures machines,
        ConsensusFigures consensus,
        ReviewFigures review,
        DoubtfulFigures doubtful,
        NextFigures next,
        RejectedFigures rejected,
        OriginFigures origin) {

    /** The examples of all lists, in the order in which they are shown. */
    public List<String> examples() {
        return Stream.of(
                        Stream.of(review.lowest(), review.overruled(), review.unvoted())
                                .flatMap(List::stream)
                                .map(ReviewFigures.Example::id),
                        doubtful.rows().stream().map(DoubtfulFigures.Row::example),
                        next.rows().stream().map(NextFigures.Row::example))
                .flatMap(ids -> ids)
                .toList();
    }
}
