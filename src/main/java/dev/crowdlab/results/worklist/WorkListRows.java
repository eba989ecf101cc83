package dev.crowdlab.results.worklist;

import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.dataset.id.Utf8Texts;
import java.util.List;

/** The first places of the lists that people work through, one list after another. */
public final class WorkListRows {

    /** The names of the lists in their order, which is that of the alphabet. */
    public static final IdList NAMES = IdList.of(List.of("label_next", "review_queue", "worst_annotations"));

    private final IdList annotators;
    private final RankedList[] lists;
    /** [lists + 1] the first row of each list, then the number of rows. */
    private final int[] starts;

    public WorkListRows(IdList annotators, WorkLists all) {
        this.annotators = annotators;
        lists = new RankedList[] {all.labelNext(), all.reviewQueue(), all.worstAnnotations()};
        starts = new int[lists.length + 1];
        for (int list = 0; list < lists.length; list++) {
            starts[list + 1] = starts[list] + lists[list].size();
        }
    }

    public IdList annotators() {
        return annotators;
    }

    public int size() {
        return starts[lists.length];
    }

    /** The number of the row's list. */
    public int list(int row) {
        int list = 0;
        while (row >= starts[list + 1]) {
            list++;
        }
        return list;
    }

    /** The place in the row's list, from 0 on. */
    public int place(int row) {
        return row - starts[list(row)];
    }

    public Utf8Texts examples(int row) {
        return lists[list(row)].examples();
    }

    /** Negative for a row about a whole example. */
    public int annotator(int row) {
        return lists[list(row)].annotator(place(row));
    }
}
