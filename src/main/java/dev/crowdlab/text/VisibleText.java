package dev.crowdlab.text;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text that does nothing to a terminal but stand there. What crowd workers, models and servers wrote may hold control
 * characters, which move the cursor or forge lines, and marks of direction, which turn what follows around: each is shown as an
 * escape such as {@code \u001b}.
 */
public final class VisibleText {

    private static final String UNSEEN = "\\p{Cc}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069";

    private static final Pattern IN_LINE = Pattern.compile("[" + UNSEEN + "]");
    private static final Pattern IN_LINES = Pattern.compile("[" + UNSEEN + "&&[^\\n\\t]]");

    private VisibleText() {}

    /** One line: its own line ends are escaped, too. Text that is visible already stays as it is. */
    public static String line(String text) {
        return escaped(IN_LINE, text);
    }

    /** Several lines, each with what ends or indents it as it is. */
    public static String lines(String text) {
        return escaped(IN_LINES, text.replace(System.lineSeparator(), "\n")).replace("\n", System.lineSeparator());
    }

    private static String escaped(Pattern unseen, String text) {
        return unseen.matcher(text)
                .replaceAll(found -> String.format(
                        Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0)));
    }
}
