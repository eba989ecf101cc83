package dev.crowdlab.settings;

import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for names of datasets: 1 to 100 letters, digits, _ and -, so that they need no quoting anywhere. */
public final class DatasetName {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private DatasetName() {}

    /** Returns why the name is invalid, in one sentence; empty if it is valid. */
    public static Optional<String> problem(String name) {
        return ALLOWED.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("'" + name + "' is not a name of 1 to 100 letters, digits, _ and -; rename it");
    }
}
