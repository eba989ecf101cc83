package dev.crowdlab.run;

import dev.crowdlab.text.UserProblem;

/** Another run of the dataset is in progress. */
public final class DatasetInUseException extends RuntimeException implements UserProblem {

    DatasetInUseException(String dataset, String holder) {
        super("Dataset '" + dataset + "' is in use by " + holder + "; wait for it to end, then try again");
    }

    @Override
    public Kind kind() {
        return Kind.IN_USE;
    }
}
