package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.engine.Annotations;
import dev.crowdlab.engine.Consensus;
import dev.crowdlab.engine.ExampleResults;
import dev.crowdlab.engine.Mergeable;
import dev.crowdlab.engine.NotThreadSafe;
import java.util.Optional;

/** The first places of the lists that people work through: those with the lowest scores. */
@NotThreadSafe
public final class WorkLists implements Mergeable<WorkLists> {

    private static final long serialVersionUID = 1L;

    /** More than anyone works through; being ranked, these need no sorting by readers. */
    static final int MAX = 10_000;

    private RankedList labelNext;
    private RankedList reviewQueue;
    private RankedList worstAnnotations;

    private WorkLists(RankedList labelNext, RankedList reviewQueue, RankedList worstAnnotations) {
        this.labelNext = labelNext;
        this.reviewQueue = reviewQueue;
        this.worstAnnotations = worstAnnotations;
    }

    /**
     * The lists of a dataset, or of a part of it.
     *
     * @param results empty if there was nothing to analyze
     * @param scores empty if there are no predictions or no scores are wanted
     */
    public static WorkLists of(Dataset dataset, Optional<ExampleResults> results, Optional<ActiveLabScores> scores) {
        return new WorkLists(
                scores.map(found -> labelNext(dataset, found)).orElseGet(RankedList::new),
                results.map(found -> reviewQueue(dataset, found.published())).orElseGet(RankedList::new),
                results.map(found -> worstAnnotations(dataset, found)).orElseGet(RankedList::new));
    }

    private static RankedList labelNext(Dataset dataset, ActiveLabScores scores) {
        ExampleOrder order =
                new ExampleOrder(dataset.examples(), dataset.unlabeled().examples());
        RankedList list = new RankedList();
        for (int place : LowestScores.of(order.size(), row -> order.score(scores, row), MAX)) {
            list.add(order.score(scores, place), order.ids(place), order.example(place), RankedList.NOBODY);
        }
        return list;
    }

    private static RankedList reviewQueue(Dataset dataset, Consensus consensus) {
        Annotations annotations = dataset.annotations();
        int[] examples = LowestScores.of(
                dataset.examples().size(),
                consensus::quality,
                example -> ReviewReason.of(annotations, consensus, example) != ReviewReason.NONE,
                MAX);
        RankedList list = new RankedList();
        for (int example : examples) {
            list.add(consensus.quality(example), dataset.examples(), example, RankedList.NOBODY);
        }
        return list;
    }

    private static RankedList worstAnnotations(Dataset dataset, ExampleResults results) {
        Annotations annotations = dataset.annotations();
        RankedList list = new RankedList();
        for (int position : LowestScores.of(annotations.annotationCount(), results::annotationQuality, MAX)) {
            list.add(
                    results.annotationQuality(position),
                    dataset.examples(),
                    annotations.example(position),
                    annotations.annotator(position));
        }
        return list;
    }

    @Override
    public void add(WorkLists other) {
        labelNext = labelNext.merged(other.labelNext, MAX);
        reviewQueue = reviewQueue.merged(other.reviewQueue, MAX);
        worstAnnotations = worstAnnotations.merged(other.worstAnnotations, MAX);
    }

    RankedList labelNext() {
        return labelNext;
    }

    RankedList reviewQueue() {
        return reviewQueue;
    }

    RankedList worstAnnotations() {
        return worstAnnotations;
    }
}
