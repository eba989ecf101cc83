package dev.crowdlab.engine.correction;

import dev.crowdlab.engine.pass.Mergeable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The gold examples that come first by their order, {@link GoldCorrection#MAX_GOLD} at most. Filled by one thread. */
public final class GoldExamples implements Mergeable<GoldExamples> {

    /** By the order, whose highest bit is turned round, so that keys are compared as unsigned numbers. */
    private final TreeMap<Long, GoldExample> first = new TreeMap<>();

    private static long key(long order) {
        return order ^ Long.MIN_VALUE;
    }

    /** Returns whether an example of this order is among the first so far. */
    public boolean takes(long order) {
        return first.size() < GoldCorrection.MAX_GOLD || key(order) < first.lastKey();
    }

    /** Adds an example, unless others come before it. */
    public void add(GoldExample example) {
        first.put(key(example.order()), example);
        if (first.size() > GoldCorrection.MAX_GOLD) {
            first.pollLastEntry();
        }
    }

    @Override
    public void add(GoldExamples other) {
        other.first.values().forEach(this::add);
    }

    /** Returns the examples by their order. */
    public List<GoldExample> inOrder() {
        return new ArrayList<>(first.values());
    }
}
