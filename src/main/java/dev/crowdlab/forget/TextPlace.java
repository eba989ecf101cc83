package dev.crowdlab.forget;

/**
 * A column with sentences or queries that may mention ids.
 *
 * @param table the table, without schema
 * @param texts a query for the texts of a :dataset: the row's number as id, the rest of its key as part, and text
 * @param update a statement that stores :text in the row with this :id and :part
 */
public record TextPlace(String table, String texts, String update) {}
