package dev.crowdlab.input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The line of a CSV file that names its columns, and what separates them.
 *
 * @param separator comma, semicolon or tab
 * @param columns what each column of the file is: a column of the table, or empty if it is none
 * @param names the names in the file, in the same order
 */
record CsvHeader(char separator, List<String> columns, List<String> names) {

    private static final List<Character> SEPARATORS = List.of(',', ';', '\t');

    /** PostgreSQL's tables have no more than 1,600 columns. */
    private static final int MAX_COLUMNS = 1_500;

    /**
     * Reads the line. Case does not count, and columns that the table lacks are ignored.
     *
     * @param mapping names in the file by column of the table, where they differ
     * @throws BrokenFileException if a column of the table is repeated or a required one is missing
     */
    static CsvHeader of(Path path, InputTable table, Map<String, String> mapping, String line) {
        CsvHeader header = SEPARATORS.stream()
                .map(separator -> read(separator, table, mapping, line))
                .max(Comparator.comparingLong(CsvHeader::knownCount)
                        .thenComparing(read -> -SEPARATORS.indexOf(read.separator())))
                .orElseThrow();
        List<String> findings = header.findings(table);
        if (!findings.isEmpty()) {
            throw new BrokenFileException(path + ", line 1: column " + String.join(", column ", findings)
                    + "; the file has " + (line.isEmpty() ? "none" : String.join(", ", header.names()))
                    + ". Name the columns " + String.join(", ", table.required())
                    + (table.optional().isEmpty() ? "" : " and, optionally, " + String.join(", ", table.optional()))
                    + ", in any order, or say what they are called, as in --columns "
                    + table.required().get(0) + "=id.");
        }
        if (header.columns().size() > MAX_COLUMNS) {
            throw new BrokenFileException(path + ", line 1: " + header.columns().size()
                    + " columns are too many; leave out those that are not needed, " + MAX_COLUMNS + " at most.");
        }
        return header;
    }

    private static CsvHeader read(char separator, InputTable table, Map<String, String> mapping, String line) {
        List<String> names = line.isEmpty() ? List.of() : split(line, separator);
        Map<String, String> wanted = new LinkedHashMap<>(); // by name in the file
        for (String column : table.columns()) {
            String other = mapping.getOrDefault(column, column);
            boolean isRenamed = mapping.containsKey(column) && names.stream().anyMatch(name -> isSame(name, other));
            wanted.put(isRenamed ? folded(other) : column, column);
        }
        return new CsvHeader(
                separator,
                names.stream()
                        .map(name -> wanted.getOrDefault(folded(name), ""))
                        .toList(),
                names);
    }

    private static boolean isSame(String name, String other) {
        return folded(name).equals(folded(other));
    }

    private static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private long knownCount() {
        return columns.stream().filter(column -> !column.isEmpty()).distinct().count();
    }

    private List<String> findings(InputTable table) {
        Stream<String> repeated = table.columns().stream()
                .filter(column -> columns.indexOf(column) != columns.lastIndexOf(column))
                .map(column -> column + " is repeated");
        Stream<String> missing = table.required().stream()
                .filter(column -> !columns.contains(column))
                .map(column -> column + " is missing");
        return Stream.concat(repeated, missing).toList();
    }

    /** The names of the columns that the table lacks. */
    List<String> ignored() {
        List<String> ignored = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (columns.get(i).isEmpty()) {
                ignored.add(names.get(i));
            }
        }
        return ignored;
    }

    /** Whether one of the columns has this name in the file. */
    boolean names(String name) {
        return names.stream().anyMatch(found -> isSame(found, name));
    }

    /** Splits a line into fields; a doubled quote within quotes stands for one. */
    private static List<String> split(String line, char separator) {
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
            } else if (next == separator && !isQuoted) {
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
