package dev.crowdlab.settings;

import java.util.Locale;

/** How a dataset can end in a call, as far as the webhook reports it. */
public enum NightEvent {
    /** A new result is published. */
    PUBLISHED,
    /** A check kept the result back, or the dataset is unchanged and its annotations are too old. */
    REFUSED,
    /** The dataset could not be run to its end, or the call could run none. */
    FAILED,
    /** Annotators of a new published result agree less with the consensus than chance explains. */
    DRIFT;

    /** Returns the name as settings and messages spell it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
