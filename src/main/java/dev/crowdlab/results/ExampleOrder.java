package dev.crowdlab.results;

import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.dataset.id.Utf8Texts;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.results.copy.BinaryCopyWriter;

/** Labeled and unlabeled examples together, in code-point order of their ids. Immutable. */
final class ExampleOrder {

    private final IdList labeled;
    private final IdList unlabeled;
    /** i for the labeled example i, -1 - i for the unlabeled example i. */
    private final int[] order;

    ExampleOrder(IdList labeled, IdList unlabeled) {
        this.labeled = labeled;
        this.unlabeled = unlabeled;
        order = merge(labeled, unlabeled);
    }

    private static int[] merge(IdList labeled, IdList unlabeled) {
        int[] order = new int[labeled.size() + unlabeled.size()];
        int example = 0;
        int other = 0;
        for (int row = 0; row < order.length; row++) {
            boolean isLabeled = other == unlabeled.size()
                    || (example < labeled.size() && Utf8Texts.compare(labeled, example, unlabeled, other) < 0);
            order[row] = isLabeled ? example++ : -1 - other++;
        }
        return order;
    }

    int size() {
        return order.length;
    }

    boolean isLabeled(int place) {
        return order[place] >= 0;
    }

    /** The number of the example at the place among the labeled or the unlabeled ones. */
    int example(int place) {
        return order[place] >= 0 ? order[place] : -1 - order[place];
    }

    double score(ActiveLabScores scores, int place) {
        return isLabeled(place) ? scores.labeled(example(place)) : scores.unlabeled(example(place));
    }

    /** The ids among which {@link #example} numbers the example at the place. */
    IdList ids(int place) {
        return isLabeled(place) ? labeled : unlabeled;
    }

    /** Writes the id of the example at the place. */
    void writeId(int place, BinaryCopyWriter target) {
        target.text(ids(place), example(place));
    }
}
