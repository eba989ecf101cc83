package dev.crowdlab.dataset.rejection;

import dev.crowdlab.dataset.id.IdList;
import java.util.Optional;

/**
 * A label that became a class because no classes are configured, and that most predictions lack: probably misspelled.
 *
 * @param label the label
 * @param annotationRows how many annotations have it
 * @param predictionRows how many prediction rows have it
 * @param meant the label that was probably meant
 * @param otherCount how many more labels most predictions lack
 */
public record SuspectLabel(
        String label, long annotationRows, long predictionRows, Optional<String> meant, int otherCount) {

    /**
     * The class with the fewest prediction rows, if it has less than half as many as another.
     *
     * @param annotated [classes] annotation rows
     * @param predicted [classes] prediction rows
     */
    public static Optional<SuspectLabel> of(IdList classes, long[] annotated, long[] predicted) {
        int rarest = 0;
        long most = 0;
        for (int label = 0; label < predicted.length; label++) {
            boolean isRarer = predicted[label] < predicted[rarest]
                    || (predicted[label] == predicted[rarest] && annotated[label] < annotated[rarest]);
            rarest = isRarer ? label : rarest;
            most = Math.max(most, predicted[label]);
        }
        int rareCount = 0;
        for (long rows : predicted) {
            rareCount += rows < most - rows ? 1 : 0;
        }
        if (rareCount == 0) {
            return Optional.empty();
        }
        String label = classes.text(rarest);
        Optional<String> meant = new LabelHints(classes).meant(label);
        return Optional.of(new SuspectLabel(label, annotated[rarest], predicted[rarest], meant, rareCount - 1));
    }
}
