package dev.crowdlab.forget;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds an id in sentences and queries: in quotes, single or double, or as a word of its own. A number counts in quotes only, for
 * most numbers in a text are no ids.
 */
final class Mentions {

    private static final Pattern NUMBER = Pattern.compile("[\\p{N}.,:+-]*");

    private final Pattern pattern;
    private final String pseudonym;

    /** Puts the pseudonym in the place of the id; it needs no quoting anywhere. */
    Mentions(String id, String pseudonym) {
        this.pseudonym = pseudonym;
        String forms = Stream.of(quoted(id), id).distinct().map(Pattern::quote).collect(Collectors.joining("|"));
        String quoted = "(?<=')(?:" + forms + ")(?=')|(?<=\")(?:" + forms + ")(?=\")";
        String word = "(?<![\\p{L}\\p{N}_.@-])(?:" + forms + ")(?!\\.?[\\p{L}\\p{N}_@-])";
        pattern = Pattern.compile(NUMBER.matcher(id).matches() ? quoted : quoted + "|" + word);
    }

    /** The id as it stands between the quotes of SQL. */
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
