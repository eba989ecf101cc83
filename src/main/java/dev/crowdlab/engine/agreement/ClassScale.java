package dev.crowdlab.engine.agreement;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where the classes stand on a scale on which they ascend: each a step above the last, or as far apart as the numbers
 * that they are called by. Places are whole multiples of a step, so that sums of distances are exact. Immutable; safe
 * for use by many threads.
 */
public final class ClassScale implements Serializable {

    /** The most classes of a scale. */
    public static final int MAX_CLASSES = 100;

    /** The most steps between the lowest and the highest class. */
    public static final int MAX_STEPS = 1_000;

    private final long[] places;
    private final double step;
    private final boolean isInterval;

    private ClassScale(long[] places, double step, boolean isInterval) {
        this.places = places;
        this.step = step;
        this.isInterval = isInterval;
    }

    /** Returns a scale on which only the order of the classes is known. */
    public static ClassScale ordinal(int classCount) {
        return new ClassScale(IntStream.range(0, classCount).asLongStream().toArray(), 1, false);
    }

    /**
     * Returns a scale on which the classes stand where the numbers say.
     *
     * @param values of the classes
     * @return empty if they do not ascend, or are more than {@link #MAX_STEPS} steps of their last decimal apart
     */
    public static Optional<ClassScale> interval(List<BigDecimal> values) {
        int decimals = values.stream().mapToInt(BigDecimal::scale).max().orElse(0);
        BigDecimal step = BigDecimal.ONE.movePointLeft(decimals);
        BigDecimal range = values.get(values.size() - 1).subtract(values.get(0));
        if (range.compareTo(step.multiply(BigDecimal.valueOf(MAX_STEPS))) > 0) {
            return Optional.empty();
        }
        long[] places = values.stream()
                .mapToLong(value -> value.subtract(values.get(0)).divide(step).longValue())
                .toArray();
        boolean ascends = IntStream.range(1, places.length).allMatch(label -> places[label - 1] < places[label]);
        return ascends ? Optional.of(new ClassScale(places, step.doubleValue(), true)) : Optional.empty();
    }

    /** Returns whether distances between classes are known. */
    public boolean isInterval() {
        return isInterval;
    }

    int classCount() {
        return places.length;
    }

    /** Returns how many steps the class is above the lowest. */
    long place(int label) {
        return places[label];
    }

    /** Returns how many steps the highest class is above the lowest. */
    long range() {
        return places[places.length - 1];
    }

    /** Returns how far apart two neighboring places are, in the numbers of the classes. */
    double step() {
        return step;
    }
}
