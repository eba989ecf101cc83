package dev.crowdlab.run;

import dev.crowdlab.dataset.rejection.SuspectLabel;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Why rows were rejected.
 *
 * @param shares how much of each source was rejected, causes before consequences; at least one
 * @param suspectLabel a probably misspelled label because of which predictions lack a class
 */
public record RejectionCauses(List<InputShare> shares, Optional<SuspectLabel> suspectLabel) {

    /** No row was rejected. */
    public static final RejectionCauses NONE =
            new RejectionCauses(List.of(InputShare.ofAnnotations(0, List.of())), Optional.empty());

    public RejectionCauses {
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

    /**
     * The other sources of which something was rejected, those first of which most was. All predictions stand in place
     * of the models, unless one of these is the worst.
     */
    public List<InputShare> others() {
        InputShare worst = worst();
        boolean isWhole = shares.stream().anyMatch(InputShare::isOfAllModels)
                && (worst.equals(annotations()) || worst.isOfAllModels());
        return shares.stream()
                .filter(share -> share.rejectedCount() > 0 && !share.equals(worst))
                .filter(share -> share.equals(annotations()) || share.isOfAllModels() == isWhole)
                .sorted(Comparator.comparingDouble(share -> -share.share()))
                .toList();
    }
}
