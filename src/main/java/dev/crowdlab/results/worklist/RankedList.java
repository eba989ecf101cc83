package dev.crowdlab.results.worklist;

import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.dataset.id.Utf8Texts;
import dev.crowdlab.engine.pass.NotThreadSafe;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.Serializable;

/**
 * Examples, or annotations, by ascending score; those of equal scores in code-point order of the example, then by
 * annotator.
 */
@NotThreadSafe
public final class RankedList implements Serializable {

    /** The annotator of an entry that is about a whole example. */
    public static final int NOBODY = -1;

    private final DoubleArrayList scores = new DoubleArrayList();
    private final TextColumn examples = new TextColumn(0);
    private final IntArrayList annotators = new IntArrayList();

    /** Adds the next place. */
    void add(double score, Utf8Texts ids, int example, int annotator) {
        scores.add(score);
        examples.add(ids.bytes(), ids.start(example), ids.length(example));
        annotators.add(annotator);
    }

    public int size() {
        return scores.size();
    }

    public TextColumn examples() {
        return examples;
    }

    public int annotator(int place) {
        return annotators.getInt(place);
    }

    /** Returns the first places of this list and another together. */
    RankedList merged(RankedList other, int most) {
        RankedList merged = new RankedList();
        int own = 0;
        int others = 0;
        while (merged.size() < most && (own < size() || others < other.size())) {
            boolean isOwn = others == other.size() || (own < size() && compare(own, other, others) < 0);
            if (isOwn) {
                merged.add(scores.getDouble(own), examples, own, annotator(own++));
            } else {
                merged.add(other.scores.getDouble(others), other.examples, others, other.annotator(others++));
            }
        }
        return merged;
    }

    private int compare(int place, RankedList other, int otherPlace) {
        int order = Double.compare(scores.getDouble(place), other.scores.getDouble(otherPlace));
        order = order != 0 ? order : Utf8Texts.compare(examples, place, other.examples, otherPlace);
        return order != 0 ? order : Integer.compare(annotator(place), other.annotator(otherPlace));
    }
}
