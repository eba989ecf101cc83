package dev.crowdlab.job.step;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the result of one step for later steps. Set once, read any number of times until it is taken out. Slots are the
 * only mutable state of a run. Thread-safe.
 */
public final class Slot<T> {

    private final String step;
    private boolean isPut;
    private @Nullable T value;

    /**
     * @param step the step that puts the value
     */
    public Slot(String step) {
        this.step = step;
    }

    public synchronized void put(T made) {
        if (isPut) {
            throw new IllegalStateException(step + " made its value twice");
        }
        isPut = true;
        value = made;
    }

    public synchronized T get() {
        if (value == null) {
            throw new IllegalStateException(
                    isPut ? "the value of " + step + " was taken away" : step + " has made no value yet");
        }
        return value;
    }

    /** Removes and returns the value, so that its memory can be freed when the caller is done with it. */
    public synchronized T take() {
        T taken = get();
        value = null;
        return taken;
    }

    /** Returns the value, if it was put and has not been taken. */
    public synchronized Optional<T> ifThere() {
        return Optional.ofNullable(value);
    }
}
