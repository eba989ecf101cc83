package dev.crowdlab.results;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.engine.annotator.ConfusionCounts;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The tables about annotators, models, rejected rows and the dataset as a whole, in the order of their steps. */
public final class SummaryTables {

    /** All that there are. Whatever is done for each of them goes by this list. */
    public static final List<SummaryTable<?>> ALL = Stream.of(
                    AnnotatorTables.all(),
                    DatasetTables.all(),
                    ConsensusTables.all(),
                    CorrectionTables.all(),
                    ShareTables.all(),
                    MachineTables.all())
            .<SummaryTable<?>>flatMap(List::stream)
            .toList();

    /** On a cluster, written where the annotations were counted. */
    public static final ResultTableDefinition ANNOTATOR_CONFUSION = AnnotatorTables.CONFUSION.definition();

    private SummaryTables() {}

    /** Those that a run with these features writes. */
    public static List<SummaryTable<?>> writtenWith(Set<RunFeature> features) {
        return ALL.stream().filter(table -> table.isWrittenWith(features)).toList();
    }

    /**
     * A part of the annotators' confusion of classes.
     *
     * @param counts those of some of the annotators
     */
    public static ResultTable annotatorConfusion(long runId, DatasetNames names, ConfusionCounts counts) {
        return AnnotatorTables.CONFUSION.rows(runId, Set.of(), Optional.of(new ConfusionRows(names, counts)));
    }
}
