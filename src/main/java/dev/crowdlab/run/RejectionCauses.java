package dev.crowdlab.run;

import dev.crowdlab.dataset.RejectionReason;
import dev.crowdlab.dataset.SuspectLabel;
import java.util.Map;
import java.util.Optional;

/**
 * Why rows were rejected.
 *
 * @param examples one described example for each reason
 * @param suspectLabel a probably misspelled label because of which predictions lack a class
 */
public record RejectionCauses(Map<RejectionReason, String> examples, Optional<SuspectLabel> suspectLabel) {

    /** No row was rejected. */
    public static final RejectionCauses NONE = new RejectionCauses(Map.of(), Optional.empty());

    public RejectionCauses {
        examples = Map.copyOf(examples);
    }
}
