package dev.crowdlab.init;

/**
 * A column of a table in the database.
 *
 * @param type as in {@code pg_type.typname}
 */
record FoundColumn(String name, String type) {}
