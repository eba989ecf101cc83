package dev.crowdlab.cli.terminal;

import dev.crowdlab.text.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A table for the terminal, with a header and aligned columns separated by two spaces. */
public final class TextTable {

    private final List<String> head;
    private final List<Boolean> right;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * @param columns the column names; a column whose name begins with {@code >} is aligned to the right
     */
    public TextTable(String... columns) {
        head = new ArrayList<>();
        right = new ArrayList<>();
        for (String column : columns) {
            right.add(column.startsWith(">"));
            head.add(column.replaceFirst("^>", ""));
        }
    }

    public void add(String... cells) {
        rows.add(Stream.of(cells).map(VisibleText::line).toList());
    }

    /** The lines, header first. */
    public List<String> lines() {
        List<List<String>> all = new ArrayList<>();
        all.add(head);
        all.addAll(rows);
        int[] widths = new int[head.size()];
        for (List<String> row : all) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : "  ").append(right.get(column) ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }
}
