package dev.crowdlab.export;

/**
 * A column of an exported file.
 *
 * @param source name of the column of the view
 * @param name name in the file
 * @param type its type
 * @param isSortable whether PostgreSQL can sort by it
 */
record ExportColumn(String source, String name, ColumnType type, boolean isSortable) {

    /** The same column under another name. */
    ExportColumn as(String other) {
        return new ExportColumn(source, other, type, isSortable);
    }
}
