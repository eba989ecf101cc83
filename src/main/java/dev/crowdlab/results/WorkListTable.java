package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.Annotations;
import dev.crowdlab.engine.Consensus;
import dev.crowdlab.engine.TieBreak;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The first places of the lists that people work through, by the name of the list. */
final class WorkListTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "work_list",
            List.of("run_id", "list", "rank", "example_id", "annotator_id"),
            List.of("run_id", "list", "rank"),
            false);

    /** More than anyone works through; being ranked, these need no sorting by readers. */
    static final int MOST = 10_000;

    /** Below this quality a label that its annotators agree on deserves a second look; view review_queue uses the same limit. */
    private static final double LOW_QUALITY = 0.5;

    private static final byte[] LABEL_NEXT = "label_next".getBytes(StandardCharsets.UTF_8);
    private static final byte[] REVIEW_QUEUE = "review_queue".getBytes(StandardCharsets.UTF_8);
    private static final byte[] WORST_ANNOTATIONS = "worst_annotations".getBytes(StandardCharsets.UTF_8);

    private final long runId;
    private final Dataset dataset;
    private final ExampleOrder order;
    /** Places in the order of examples with ActiveLab scores, examples, and positions of annotations, by rank. */
    private final int[] labelNext;

    private final int[] reviewQueue;
    private final int[] worstAnnotations;

    WorkListTable(long runId, Dataset dataset, Optional<Analysis> analysis, Optional<ActiveLabScores> scores) {
        this.runId = runId;
        this.dataset = dataset;
        order = new ExampleOrder(dataset.examples(), dataset.unlabeled().examples());
        labelNext = scores.map(found -> LowestScores.of(order.size(), row -> order.score(found, row), MOST))
                .orElse(new int[0]);
        reviewQueue = analysis.map(found -> reviewQueue(found.published())).orElse(new int[0]);
        worstAnnotations = analysis.map(found ->
                        LowestScores.of(dataset.annotations().annotationCount(), found::annotationQuality, MOST))
                .orElse(new int[0]);
    }

    private int[] reviewQueue(Consensus consensus) {
        return LowestScores.of(
                dataset.examples().size(),
                example -> needsReview(consensus, example) ? consensus.quality(example) : Double.NaN,
                MOST);
    }

    private boolean needsReview(Consensus consensus, int example) {
        return consensus.quality(example) < LOW_QUALITY
                || dataset.annotations().size(example) == 1
                || consensus.tieBreak(example) != TieBreak.NONE
                || consensus.agreement(example) < 1;
    }

    @Override
    public ResultTableDefinition shape() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return labelNext.length + reviewQueue.length + worstAnnotations.length;
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        target.beginRow(shape(), runId);
        int ofReview = row - labelNext.length;
        int ofWorst = ofReview - reviewQueue.length;
        if (ofReview < 0) {
            begin(target, LABEL_NEXT, row);
            order.writeId(labelNext[row], target);
            target.nullField();
        } else if (ofWorst < 0) {
            begin(target, REVIEW_QUEUE, ofReview);
            target.text(dataset.examples(), reviewQueue[ofReview]);
            target.nullField();
        } else {
            begin(target, WORST_ANNOTATIONS, ofWorst);
            Annotations annotations = dataset.annotations();
            int position = worstAnnotations[ofWorst];
            target.text(dataset.examples(), annotations.example(position));
            target.text(dataset.annotators(), annotations.annotator(position));
        }
    }

    private static void begin(BinaryCopyWriter target, byte[] list, int place) {
        target.text(list);
        target.bigint(place + 1L);
    }
}
