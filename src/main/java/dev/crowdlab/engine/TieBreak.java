package dev.crowdlab.engine;

import java.util.Locale;

/** The rule that decided a label, in the order in which the rules are tried. */
public enum TieBreak {
    /** Nothing had to be decided: the consensus was clear. */
    NONE,
    /** Most votes on the example. */
    VOTES,
    /** Highest predicted probability, the mean over the models. */
    MODEL,
    /** Fewest votes over the whole data set: the rarer class wins. */
    CLASS_FREQUENCY,
    /** Highest mean accuracy of the annotators who chose the class. */
    ANNOTATOR_ACCURACY,
    /** Lowest class index. */
    CLASS_ORDER;

    /** Returns the name as result tables spell it, for example {@code class_frequency}. */
    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
