package dev.crowdlab.results.worklist;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.engine.Consensus;
import dev.crowdlab.engine.ExampleResults;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.NotThreadSafe;
import java.nio.DoubleBuffer;
import java.util.Optional;

/** The first places of the lists that people work through: those with the lowest scores. */
@NotThreadSafe
public final class WorkLists implements Mergeable<WorkLists> {

    /** More than anyone works through. Ranked rows need not be sorted by readers. */
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
        return lowest(scores.labeled(), dataset.examples())
                .merged(lowest(scores.unlabeled(), dataset.unlabeled().examples()), MAX);
    }

    private static RankedList lowest(DoubleBuffer scores, IdList ids) {
        return ofExamples(LowestScores.of(scores, MAX), scores, ids);
    }

    private static RankedList reviewQueue(Dataset dataset, Consensus consensus) {
        Annotations annotations = dataset.annotations();
        DoubleBuffer qualities = consensus.qualities();
        int[] examples = LowestScores.of(
                qualities, example -> ReviewReason.of(annotations, consensus, example) != ReviewReason.NONE, MAX);
        return ofExamples(examples, qualities, dataset.examples());
    }

    private static RankedList ofExamples(int[] examples, DoubleBuffer scores, IdList ids) {
        RankedList list = new RankedList();
        for (int example : examples) {
            list.add(scores.get(example), ids, example, RankedList.NOBODY);
        }
        return list;
    }

    private static RankedList worstAnnotations(Dataset dataset, ExampleResults results) {
        Annotations annotations = dataset.annotations();
        DoubleBuffer qualities = results.annotationQualities();
        RankedList list = new RankedList();
        for (int position : LowestScores.of(qualities, MAX)) {
            list.add(
                    qualities.get(position),
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

    public RankedList labelNext() {
        return labelNext;
    }

    public RankedList reviewQueue() {
        return reviewQueue;
    }

    public RankedList worstAnnotations() {
        return worstAnnotations;
    }
}
