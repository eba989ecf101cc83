package dev.crowdlab.trial;

import java.util.regex.Pattern;

/** Text as one word of a command that is pasted into a shell. */
public final class ShellWord {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,-]+");

    private ShellWord() {}

    /** The text itself if no shell sees more in it, else in single quotes. */
    public static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
