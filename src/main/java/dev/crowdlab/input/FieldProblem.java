package dev.crowdlab.input;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What is wrong with a field of a CSV file, and what to write instead.
 *
 * @param problem what follows the place in a sentence
 * @param advice what to do before the file is loaded again
 */
record FieldProblem(String problem, String advice) {

    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d*,\\d+");
    private static final String WRITE_TIMES = "write times like 2025-12-31T10:00:00Z";

    /** A time whose day and month could be confused, or which is something else. */
    static FieldProblem withoutYear(String value) {
        return new FieldProblem("\"" + value + "\" does not begin with a year of four digits", WRITE_TIMES);
    }

    /** A value that PostgreSQL could not take for a time. */
    static FieldProblem ofTime(String value) {
        return new FieldProblem("\"" + value + "\" is not a valid time", WRITE_TIMES);
    }

    /** A value that PostgreSQL could not take for a number. */
    static FieldProblem ofNumber(String value) {
        String text = value.strip();
        return DECIMAL_COMMA.matcher(text).matches()
                ? new FieldProblem(
                        "\"" + value + "\" has a decimal comma",
                        "write " + text.replace(',', '.').replaceFirst("^([+-]?)\\.", "$10.") + " with a decimal point")
                : new FieldProblem("\"" + value + "\" is not a number that can be stored", "write numbers like 0.7");
    }

    /** The whole sentence. */
    String sentence(Path path, String line, String column) {
        return path + ", line " + line + ", column " + column + ": " + problem.replaceAll("\\R", " ")
                + "; nothing was loaded, " + advice + " and load the file again.";
    }
}
