package dev.crowdlab.init;

import java.util.Locale;

/**
 * Texts of others, such as names of tables and titles of projects, as they are written into a file of settings: with
 * nothing but printable ASCII, so that none can end a line or a quotation, whatever the reader takes for the end of a line.
 */
final class FileText {

    private static final char FIRST = ' ';
    private static final char LAST = '~';

    private FileText() {}

    /** As YAML reads it, in double quotation marks; nothing in it is replaced by Spring. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        verbatim(text).codePoints().forEach(code -> {
            if (code == '"' || code == '\\') {
                quoted.append('\\').appendCodePoint(code);
            } else if (code == '\n') {
                quoted.append("\\n");
            } else {
                append(quoted, code);
            }
        });
        return quoted.append('"').toString();
    }

    /** As it stands in a comment. */
    static String comment(String text) {
        StringBuilder comment = new StringBuilder();
        text.codePoints().forEach(code -> append(comment, code));
        return comment.toString();
    }

    /** As Spring takes a text in which no variable is meant. */
    static String verbatim(String text) {
        return text.replace("${", "\\${");
    }

    private static void append(StringBuilder text, int code) {
        if (code >= FIRST && code <= LAST) {
            text.appendCodePoint(code);
        } else {
            text.append(String.format(Locale.ROOT, Character.isBmpCodePoint(code) ? "\\u%04x" : "\\U%08x", code));
        }
    }
}
