package dev.crowdlab.dataset;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When each annotation was given, by its position in {@link dev.crowdlab.engine.pass.Annotations}, as PostgreSQL counts:
 * microseconds since 2000-01-01 UTC. Takes 8 bytes per annotation, and none where no annotation has a time. Immutable.
 */
public final class AnnotationTimes implements Serializable {

    /** Stands for a time that is not known, as in {@link AnnotationBlock}. */
    public static final long UNKNOWN = AnnotationBlock.NO_TIME;

    static final AnnotationTimes NONE = new AnnotationTimes(new long[0]);

    private final long[] micros;

    /**
     * @param micros [annotations], or empty if no time is known; owned by this
     */
    AnnotationTimes(long[] micros) {
        this.micros = micros;
    }

    /** Whether any annotation has a time. */
    public boolean areKnown() {
        return micros.length > 0;
    }

    /**
     * The time of the annotation at the position; {@link #UNKNOWN} if it has none. The greatest long is infinity, the
     * least minus infinity.
     */
    public long at(int position) {
        return micros.length == 0 ? UNKNOWN : micros[position];
    }

    /** The number that stands for a moment. */
    public static long micros(Instant moment) {
        return ChronoUnit.MICROS.between(AnnotationBlock.EPOCH, moment);
    }

    /** Whether a time is one of the calendar's: known, and not infinite. */
    public static boolean isFinite(long time) {
        return time > UNKNOWN && time < Long.MAX_VALUE;
    }
}
