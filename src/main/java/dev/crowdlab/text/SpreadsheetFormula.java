package dev.crowdlab.text;

/** What a spreadsheet computes instead of showing it. */
public final class SpreadsheetFormula {

    /** The characters that a formula begins with, in one spreadsheet or another. */
    public static final String STARTS = "=+-@\t\r";

    private SpreadsheetFormula() {}

    /** Whether a spreadsheet would compute the text. */
    public static boolean is(String text) {
        return !text.isEmpty() && STARTS.indexOf(text.charAt(0)) >= 0;
    }
}
