package dev.crowdlab.job;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the value that one step of a run makes waits for the steps after it: it is put once and got as often as wanted, until
 * somebody takes it away. The only thing of a run that changes. Thread-safe.
 */
final class Slot<T> {

    private final String step;
    private boolean isPut;
    private @Nullable T value;

    /** @param step the step that puts the value */
    Slot(String step) {
        this.step = step;
    }

    /** Puts the value. */
    synchronized void put(T made) {
        if (isPut) {
            throw new IllegalStateException(step + " made its value twice");
        }
        isPut = true;
        value = made;
    }

    /** The value. */
    synchronized T get() {
        if (value == null) {
            throw new IllegalStateException(
                    isPut ? "the value of " + step + " was taken away" : step + " has made no value yet");
        }
        return value;
    }

    /** The value, which the slot lets go: its memory is free as soon as the caller is done with it. */
    synchronized T take() {
        T taken = get();
        value = null;
        return taken;
    }

    /** The value, if the run came so far and nobody has taken it. */
    synchronized Optional<T> ifThere() {
        return Optional.ofNullable(value);
    }
}
