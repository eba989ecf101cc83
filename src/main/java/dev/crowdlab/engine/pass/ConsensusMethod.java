package dev.crowdlab.engine.pass;

import dev.crowdlab.engine.Committee;
import dev.crowdlab.engine.DawidSkene;
import java.util.Locale;

/** How the consensus label of an example is chosen. */
public enum ConsensusMethod {
    /** The class with the highest posterior, computed with the majority vote as provisional consensus. */
    BEST_QUALITY,
    /** The class with most votes, ties resolved rule by rule, see {@link TieBreak}. */
    MAJORITY_VOTE,
    /**
     * The class with the highest posterior of {@link DawidSkene}, which knows how annotators confuse classes; without
     * predictions.
     */
    DAWID_SKENE,
    /** The class with the highest posterior of {@link Committee}, six models of how annotators err. */
    COMMITTEE;

    /** Returns the name as settings and result tables spell it, for example {@code best_quality}. */
    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
