package dev.crowdlab.text;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes text safe to print on a terminal. Text from crowd workers, models and servers may contain control characters,
 * which move the cursor or forge lines, and bidirectional control characters, which reorder the text after them. Each
 * is replaced by an escape such as {@code \u001b}.
 */
public final class VisibleText {

    private static final String UNSEEN = "\\p{Cc}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069";

    private static final Pattern IN_LINE = Pattern.compile("[" + UNSEEN + "]");
    private static final Pattern IN_LINES = Pattern.compile("[" + UNSEEN + "&&[^\\n\\t]]");

    private VisibleText() {}

    /** Makes one line safe; line ends in it are escaped, too. Text that is already safe is returned unchanged. */
    public static String line(String text) {
        return escaped(IN_LINE, text);
    }

    /** Makes several lines safe, keeping line ends and tabs. */
    public static String lines(String text) {
        return escaped(IN_LINES, text.replace(System.lineSeparator(), "\n")).replace("\n", System.lineSeparator());
    }

    private static String escaped(Pattern unseen, String text) {
        return unseen.matcher(text)
                .replaceAll(found -> String.format(
                        Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0)));
    }
}
