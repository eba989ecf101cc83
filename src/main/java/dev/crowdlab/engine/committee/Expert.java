package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.Committee;

/**
 * One of the six models of {@link Committee}. They differ in what an annotator's confusion of classes is expected to
 * look like before the annotator's own labels are seen, and in how many labels per class that expectation weighs.
 */
public enum Expert {
    /** One accuracy for all classes; errors fall where all annotators' do. Weighs as much as 2 labels of a class. */
    COIN_2("coin2", Shape.COIN, 2),
    /** As {@link #COIN_2}, with the weight of 8 labels. */
    COIN_8("coin8", Shape.COIN, 8),
    /**
     * Better or worse than all annotators by as much in every class, on the logit scale. Weighs as much as 2 labels of
     * a class.
     */
    SCALE_2("scale2", Shape.SCALE, 2),
    /** As {@link #SCALE_2}, with the weight of 8 labels. */
    SCALE_8("scale8", Shape.SCALE, 8),
    /** Either right or giving labels by habit, whatever is true. Weighs as much as 2 labels of a class. */
    SPAM_2("spam2", Shape.SPAM, 2),
    /** As {@link #SPAM_2}, with the weight of 8 labels. */
    SPAM_8("spam8", Shape.SPAM, 8);

    /** What an annotator's confusion is expected to look like. */
    enum Shape {
        COIN,
        SCALE,
        SPAM
    }

    private final String sqlName;
    private final Shape shape;
    private final double strength;

    Expert(String sqlName, Shape shape, double strength) {
        this.sqlName = sqlName;
        this.shape = shape;
        this.strength = strength;
    }

    /** Returns the name as result tables spell it, for example {@code coin2}. */
    public String sqlName() {
        return sqlName;
    }

    Shape shape() {
        return shape;
    }

    /** Returns how many labels of a class the expectation weighs. */
    double strength() {
        return strength;
    }
}
