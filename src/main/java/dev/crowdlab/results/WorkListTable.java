package dev.crowdlab.results;

import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.results.worklist.RankedList;
import dev.crowdlab.results.worklist.WorkLists;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The first places of the lists that people work through, by the name of the list. */
final class WorkListTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "work_list",
            List.of("run_id", "list", "rank", "example_id", "annotator_id"),
            List.of("run_id", "list", "rank"),
            false);

    private static final byte[] LABEL_NEXT = "label_next".getBytes(StandardCharsets.UTF_8);
    private static final byte[] REVIEW_QUEUE = "review_queue".getBytes(StandardCharsets.UTF_8);
    private static final byte[] WORST_ANNOTATIONS = "worst_annotations".getBytes(StandardCharsets.UTF_8);

    private final long runId;
    private final IdList annotators;
    private final RankedList labelNext;
    private final RankedList reviewQueue;
    private final RankedList worstAnnotations;

    WorkListTable(long runId, IdList annotators, WorkLists lists) {
        this.runId = runId;
        this.annotators = annotators;
        labelNext = lists.labelNext();
        reviewQueue = lists.reviewQueue();
        worstAnnotations = lists.worstAnnotations();
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return labelNext.size() + reviewQueue.size() + worstAnnotations.size();
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        int ofReview = row - labelNext.size();
        int ofWorst = ofReview - reviewQueue.size();
        if (ofReview < 0) {
            write(LABEL_NEXT, labelNext, row, target);
        } else if (ofWorst < 0) {
            write(REVIEW_QUEUE, reviewQueue, ofReview, target);
        } else {
            write(WORST_ANNOTATIONS, worstAnnotations, ofWorst, target);
        }
    }

    private void write(byte[] name, RankedList list, int place, BinaryCopyWriter target) {
        target.beginRow(definition(), runId);
        target.text(name);
        target.bigint(place + 1L);
        target.text(list.examples(), place);
        if (list.annotator(place) == RankedList.NOBODY) {
            target.nullField();
        } else {
            target.text(annotators, list.annotator(place));
        }
    }
}
