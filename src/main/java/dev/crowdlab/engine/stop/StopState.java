package dev.crowdlab.engine.stop;

import java.util.Locale;

/** What an example needs. */
public enum StopState {
    /** Nothing: its consensus label is as good as further labels would make it. */
    DONE,

    /** Another label. */
    ASK,

    /** An expert: it has as many labels as anybody wants to pay for. */
    EXPERT;

    /** Returns the name in tables. */
    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
