package dev.crowdlab.input;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Passes through the lines of a CSV file but refuses a time that does not begin with four digits of a year: PostgreSQL
 * would read 05.06.25 as a day of 2005, {@code now} as the moment of loading, and seconds since 1970 as a year far
 * ahead.
 */
final class TimeGuard extends ByteGuard {

    private static final String COLUMN = "annotated_at";
    private static final int MAX_SHOWN = 100;
    private static final int YEAR_DIGITS = 4;
    private static final int DATE_DIGITS = 8;

    private final Path path;
    private final char separator;
    private final int column;
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();
    private boolean isHeader = true;
    private boolean isQuoted;
    private int field;
    private long line = 1;
    private int former;

    private TimeGuard(InputStream input, Path path, char separator, int column) {
        super(input);
        this.path = path;
        this.separator = separator;
        this.column = column;
    }

    /** The same lines, looked at if they have times. */
    static InputStream of(InputStream lines, Path path, CsvHeader header) {
        int column = header.columns().indexOf(COLUMN);
        return column < 0 ? lines : new TimeGuard(lines, path, header.separator(), column);
    }

    @Override
    void end() {
        endField();
    }

    @Override
    void look(byte next) {
        boolean isLineEnd = next == '\n' || next == '\r';
        if (isLineEnd && !isQuoted) {
            endField();
            field = 0;
            isHeader = false;
        } else if (next == separator && !isQuoted) {
            endField();
            field++;
        } else if (next == '"') {
            isQuoted = !isQuoted;
        } else if (field == column && value.size() < MAX_SHOWN) {
            value.write(next);
        }
        if (next == '\n' ? former != '\r' : next == '\r') {
            line++;
        }
        former = next;
    }

    private void endField() {
        if (field != column) {
            return;
        }
        if (!isHeader && value.size() > 0) {
            String text = value.toString(StandardCharsets.UTF_8);
            if (!beginsWithYear(text.stripLeading())) {
                throw new BrokenFileException(
                        FieldProblem.withoutYear(text).sentence(path, String.valueOf(line), COLUMN));
            }
        }
        value.reset();
    }

    /** Whether it begins as 2025-12-31 or 20251231 do; a blank is left to PostgreSQL. */
    private static boolean beginsWithYear(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        return text.isEmpty() || digits == YEAR_DIGITS || digits == DATE_DIGITS;
    }
}
