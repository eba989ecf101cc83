package dev.crowdlab.proposal;

import java.util.regex.Pattern;

/** Texts of the database as they are written into the proposed file. */
final class FileText {

    /** Would end a line of the file, or be taken for a reference to a variable. */
    private static final Pattern UNUSABLE = Pattern.compile("(?s).*(\\p{Cntrl}|[\\u2028\\u2029\\ufeff]|\\$\\{).*");

    private FileText() {}

    /** Whether the text can be written into the file. */
    static boolean isUsable(String text) {
        return !UNUSABLE.matcher(text).matches();
    }

    /** A text as YAML takes it, in which nothing is replaced. */
    static String quoted(String text) {
        return "'" + text.replace("'", "''").replace("${", "\\${") + "'";
    }
}
