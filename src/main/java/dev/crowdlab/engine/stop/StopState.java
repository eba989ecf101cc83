package dev.crowdlab.engine.stop;

import java.util.Locale;

/** What an example needs. */
public enum StopState {
    /** Nothing: its consensus label is as good as further labels would make it. */
    DONE(0),

    /** Another label. */
    ASK(1),

    /** An expert: it has as many labels as anybody wants to pay for. */
    EXPERT(2);

    private final int code;

    StopState(int code) {
        this.code = code;
    }

    /** Returns the number that stands for the state in a column, which is its place among all. */
    int code() {
        return code;
    }

    /** Returns the name in tables. */
    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
