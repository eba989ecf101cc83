package dev.crowdlab.engine.annotator;

import dev.crowdlab.engine.pass.PassRunner;
import java.util.Optional;

/**
 * Who gave which label where the consensus was which.
 *
 * @param summary what follows from it for each annotator
 * @param counts all of it; empty if the {@link PassRunner} keeps it in parts elsewhere
 */
public record Confusion(ConfusionSummary summary, Optional<ConfusionCounts> counts) {

    /** Summarizes counts of all annotators. */
    public static Confusion of(ConfusionCounts counts) {
        return new Confusion(ConfusionSummary.of(counts), Optional.of(counts));
    }
}
