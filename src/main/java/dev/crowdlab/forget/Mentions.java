package dev.crowdlab.forget;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds an id in sentences and queries, either in single or double quotes or as a separate word. An id that is a number
 * is found in quotes only, because most numbers in a text are not ids.
 */
final class Mentions {

    private static final Pattern NUMBER = Pattern.compile("[\\p{N}.,:+-]*");

    private final Pattern pattern;
    private final String pseudonym;

    /** Creates the search. The pseudonym needs no quoting, because it contains no special characters. */
    Mentions(String id, String pseudonym) {
        this.pseudonym = pseudonym;
        String forms = Stream.of(quoted(id), id).distinct().map(Pattern::quote).collect(Collectors.joining("|"));
        String quoted = "(?<=')(?:" + forms + ")(?=')|(?<=\")(?:" + forms + ")(?=\")";
        String word = "(?<![\\p{L}\\p{N}_.@-])(?:" + forms + ")(?!\\.?[\\p{L}\\p{N}_@-])";
        pattern = Pattern.compile(NUMBER.matcher(id).matches() ? quoted : quoted + "|" + word);
    }

    /** The id as written in an SQL literal. */
    static String quoted(String id) {
        return id.replace("'", "''");
    }

    boolean isIn(String text) {
        return pattern.matcher(text).find();
    }

    String replaceIn(String text) {
        return pattern.matcher(text).replaceAll(Matcher.quoteReplacement(pseudonym));
    }
}
