package dev.crowdlab.settings;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a dataset may be called: 1 to 100 letters, digits, _ and -, so that it needs quoting nowhere. */
public final class DatasetName {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private DatasetName() {}

    /** Why the name cannot be used, in one sentence; empty: it can. */
    public static Optional<String> problem(String name) {
        return ALLOWED.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("'" + name + "' is not a name of 1 to 100 letters, digits, _ and -; rename it");
    }
}
