package dev.crowdlab.postgres;

import java.time.Duration;

/** Until it is closed, connections of this process are suspected after a shorter silence than otherwise. */
public final class Impatience implements AutoCloseable {

    private final Duration before;

    public Impatience(Duration silence) {
        before = Watchdog.suspectAfter(silence);
    }

    @Override
    public void close() {
        Watchdog.suspectAfter(before);
    }
}
