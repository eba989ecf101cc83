package dev.crowdlab.forget;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds an id in sentences and in stored queries. In a sentence it is in single or double quotes, or a separate word. In
 * a query it is a whole string, an element of a list that is written as a string, or a word of a comment: a name or a
 * keyword that reads the same is no id. An id that is a number is found in quotes only, because most numbers in a text
 * are not ids.
 */
final class Mentions {

    private static final Pattern NUMBER = Pattern.compile("[\\p{N}.,:+-]*");

    /** What is not code in a query. What stands in double quotes is a name. */
    private static final Pattern PARTS = Pattern.compile(
            "(--[^\\n]*+|/\\*(?:[^*]|\\*(?!/))*+\\*/)"
                    + "|\"[^\"]*+\""
                    + "|\\b[eE]'([^'\\\\]*+(?:(?:''|\\\\.)[^'\\\\]*+)*+)'"
                    + "|'([^']*+(?:''[^']*+)*+)'"
                    + "|\\$(\\w*)\\$(.*?)\\$\\4\\$",
            Pattern.DOTALL);

    private static final int COMMENT = 1;

    /** The groups with the content of a string: with escapes, without them, between dollars. */
    private static final int[] STRINGS = {2, 3, 5};

    private final Set<String> forms = new TreeSet<>();
    private final boolean isNumber;
    private final Pattern inSentence;
    private final Pattern inList;
    private final String pseudonym;

    /** Creates the search. The pseudonym needs no quoting, because it contains no special characters. */
    Mentions(String id, String pseudonym) {
        this.pseudonym = pseudonym;
        forms.add(id);
        forms.add(quoted(id));
        String form = forms.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));
        String quoted = "(?<=')" + form + "(?=')|(?<=\")" + form + "(?=\")";
        String word = "(?<![\\p{L}\\p{N}_.@-])" + form + "(?!\\.?[\\p{L}\\p{N}_@-])";
        isNumber = NUMBER.matcher(id).matches();
        inSentence = Pattern.compile(isNumber ? quoted : quoted + "|" + word);
        inList = Pattern.compile("(?<=^|[{,|(\"]|[{,|(\"]\\s)" + form + "(?=\\s?[},|)\"]|$)");
    }

    /** The id as written in an SQL literal. */
    static String quoted(String id) {
        return id.replace("'", "''");
    }

    /** Whether a text of this place mentions the id. */
    boolean isIn(TextPlace place, String text) {
        return !replaced(place, text, "\0").equals(text);
    }

    String replaceIn(TextPlace place, String text) {
        return replaced(place, text, pseudonym);
    }

    /** Whether a string of a query has the id as part of a longer text, where it stays. */
    boolean isWithinStringOf(String query) {
        return PARTS.matcher(query)
                .results()
                .map(Mentions::string)
                .anyMatch(string -> !isNumber
                        && replacedInString(string, "\0").equals(string)
                        && inSentence.matcher(string).find());
    }

    private String replaced(TextPlace place, String text, String by) {
        return place.equals(IdSearch.SETTINGS)
                ? PARTS.matcher(text).replaceAll(part -> Matcher.quoteReplacement(replacedInPart(part, by)))
                : replacedInSentence(text, by);
    }

    private String replacedInPart(MatchResult part, String by) {
        String string = string(part);
        if (string.isEmpty()) {
            return part.group(COMMENT) == null ? part.group() : replacedInSentence(part.group(), by);
        }
        return part.group().replace(string, replacedInString(string, by));
    }

    /** The content of a string; empty if the part of the query is none. */
    private static String string(MatchResult part) {
        for (int group : STRINGS) {
            if (part.group(group) != null) {
                return part.group(group);
            }
        }
        return "";
    }

    private String replacedInString(String string, String by) {
        if (forms.contains(string)) {
            return by;
        }
        return isNumber ? string : inList.matcher(string).replaceAll(Matcher.quoteReplacement(by));
    }

    private String replacedInSentence(String text, String by) {
        return inSentence.matcher(text).replaceAll(Matcher.quoteReplacement(by));
    }
}
