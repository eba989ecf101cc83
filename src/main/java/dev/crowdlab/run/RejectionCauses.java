package dev.crowdlab.run;

import dev.crowdlab.dataset.RejectionReason;
import dev.crowdlab.dataset.SuspectLabel;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why rows were rejected.
 *
 * @param examples one described example for each reason
 * @param shares how much of each source was rejected, causes before consequences; at least one
 * @param suspectLabel a probably misspelled label because of which predictions lack a class
 */
public record RejectionCauses(
        Map<RejectionReason, String> examples, List<InputShare> shares, Optional<SuspectLabel> suspectLabel) {

    /** No row was rejected. */
    public static final RejectionCauses NONE =
            new RejectionCauses(Map.of(), List.of(InputShare.ofAnnotations(0, 0)), Optional.empty());

    public RejectionCauses {
        examples = Map.copyOf(examples);
        shares = List.copyOf(shares);
    }

    /** The annotations. */
    public InputShare annotations() {
        return shares.get(shares.size() - 1);
    }

    /** The source of which most was rejected. */
    public InputShare worst() {
        return shares.stream()
                .max(Comparator.comparingDouble(InputShare::share))
                .orElseThrow();
    }
}
