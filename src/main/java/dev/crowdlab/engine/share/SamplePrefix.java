package dev.crowdlab.engine.share;

import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.NotThreadSafe;

/**
 * How far the examples, in the order of {@link GoldSample}, are all labeled by an expert. Only those count as drawn at random: whoever
 * answers those that they like ends the prefix at the first that they do not. An example with the very key of one without an answer is left out.
 */
@NotThreadSafe
public final class SamplePrefix implements Mergeable<SamplePrefix> {

    /** The least key of an example without an answer; the greatest of all where there is none. */
    private long end = -1;

    private boolean isEnded;

    /**
     * Takes an example.
     *
     * @param key of {@link GoldSample#key}
     */
    public void add(long key, boolean isAnswered) {
        if (!isAnswered) {
            endAt(key);
        }
    }

    @Override
    public void add(SamplePrefix other) {
        if (other.isEnded) {
            endAt(other.end);
        }
    }

    private void endAt(long key) {
        end = Long.compareUnsigned(key, end) < 0 ? key : end;
        isEnded = true;
    }

    /** Returns whether an example that has an answer is one of those drawn at random. */
    public boolean contains(long key) {
        return !isEnded || Long.compareUnsigned(key, end) < 0;
    }

    /** Returns u of the first example without an answer, in [0, 1]; 1 if there is none. */
    public double end() {
        return isEnded ? GoldSample.unit(end) : 1;
    }
}
