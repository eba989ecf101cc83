package dev.crowdlab.dataset.rejection;

import java.io.Serializable;
import java.util.List;

/**
 * What answers mean.
 *
 * @param scale what the order of the classes means
 * @param abstain the answers that name no class, such as unsure; none is among the classes
 * @param areRepeatsCounted whether it is counted how often an annotator answers an example again, and the same
 */
public record AnswerRules(AnswerScale scale, List<String> abstain, boolean areRepeatsCounted) implements Serializable {

    /** Every answer names a class, and classes have no order. */
    public static final AnswerRules PLAIN = new AnswerRules(AnswerScale.NOMINAL, List.of(), false);

    public AnswerRules {
        abstain = List.copyOf(abstain);
    }

    /** Returns whether an annotator may abstain. */
    public boolean mayAbstain() {
        return !abstain.isEmpty();
    }
}
