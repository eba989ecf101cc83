package dev.crowdlab.engine.pass;

import java.util.Locale;

/** The rule that decided a label, in the order in which the rules are tried. */
public enum TieBreak {
    /** Nothing had to be decided: the consensus was clear. */
    NONE(0),
    /** Most votes on the example. */
    VOTES(1),
    /** Highest predicted probability, the mean over the models. */
    MODEL(2),
    /** Fewest votes over the whole data set: the rarer class wins. */
    CLASS_FREQUENCY(3),
    /** Highest mean accuracy of the annotators who chose the class. */
    ANNOTATOR_ACCURACY(4),
    /** Lowest class index. */
    CLASS_ORDER(5);

    private static final TieBreak[] BY_CODE = values();

    private final int code;

    TieBreak(int code) {
        this.code = code;
    }

    /** Returns the name as result tables spell it, for example {@code class_frequency}. */
    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the position in the order of the rules: a byte per example instead of a reference. */
    public byte code() {
        return (byte) code;
    }

    static TieBreak ofCode(byte code) {
        return BY_CODE[code];
    }
}
