package dev.crowdlab.input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The line of a CSV file that names its columns. */
final class CsvHeader {

    private CsvHeader() {}

    /**
     * Returns the columns that the line names, in its order.
     *
     * @throws BrokenFileException if a column is unknown or repeated, or a required one is missing
     */
    static List<String> columns(Path path, InputTable table, String line) {
        List<String> columns = line.isEmpty() ? List.of() : split(line);
        List<String> findings = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (!table.has(column)) {
                findings.add("'" + column + "' is unknown");
            } else if (!seen.add(column)) {
                findings.add(column + " is repeated");
            }
        }
        for (String column : table.required()) {
            if (!seen.contains(column)) {
                findings.add(column + " is missing");
            }
        }
        if (!findings.isEmpty()) {
            throw new BrokenFileException(path + ", line 1: column " + String.join(", column ", findings)
                    + "; name the columns " + String.join(", ", table.required()) + " and, optionally, "
                    + table.optional() + ", in any order, separated by commas.");
        }
        return columns;
    }

    /** Splits a CSV line into fields; a doubled quote within quotes stands for one. */
    private static List<String> split(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean isQuoted = false;
        for (int position = 0; position < line.length(); position++) {
            char next = line.charAt(position);
            if (next == '"') {
                boolean isEscape = isQuoted && line.startsWith("\"", position + 1);
                if (isEscape) {
                    field.append(next);
                    position++;
                } else {
                    isQuoted = !isQuoted;
                }
            } else if (next == ',' && !isQuoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(next);
            }
        }
        fields.add(field.toString());
        return List.copyOf(fields);
    }
}
