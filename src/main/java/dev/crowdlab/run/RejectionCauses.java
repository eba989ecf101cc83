package dev.crowdlab.run;

import dev.crowdlab.dataset.RejectionReason;
import dev.crowdlab.dataset.SuspectLabel;
import java.util.Map;
import java.util.Optional;

/**
 * What explains why rows were refused.
 *
 * @param examples for each reason what is wrong with one of its rows, in words
 * @param suspectLabel a label that is probably misspelt, for want of which predictions were refused
 */
public record RejectionCauses(Map<RejectionReason, String> examples, Optional<SuspectLabel> suspectLabel) {

    /** Nothing was refused. */
    public static final RejectionCauses NONE = new RejectionCauses(Map.of(), Optional.empty());

    public RejectionCauses {
        examples = Map.copyOf(examples);
    }
}
