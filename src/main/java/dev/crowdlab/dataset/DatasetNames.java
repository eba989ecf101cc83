package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.IdList;
import java.io.Serializable;

/**
 * Who and what a dataset is about, apart from its examples.
 *
 * @param annotators in code-point order
 * @param classes in their order
 * @param models in code-point order
 */
public record DatasetNames(IdList annotators, IdList classes, IdList models) implements Serializable {

    /** Those of a dataset. */
    public static DatasetNames of(Dataset dataset) {
        return new DatasetNames(dataset.annotators(), dataset.classes(), dataset.models());
    }
}
