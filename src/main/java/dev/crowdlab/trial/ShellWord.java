package dev.crowdlab.trial;

import java.util.regex.Pattern;

/** Quotes text as one word of a command to be pasted into a shell. */
public final class ShellWord {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,-]+");

    private ShellWord() {}

    /** Returns the text itself if it has no meaning to a shell, otherwise in single quotes. */
    public static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
