package dev.crowdlab.results.copy;

import java.io.Serializable;

/**
 * A column of a result table.
 *
 * @param isKey whether it belongs to the primary key
 */
public record ResultColumn(String name, FieldType type, boolean isKey) implements Serializable {}
