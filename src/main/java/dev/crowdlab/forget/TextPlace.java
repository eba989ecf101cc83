package dev.crowdlab.forget;

/**
 * A column with sentences or queries, which may mention ids.
 *
 * @param table the table, without schema
 * @param texts a query of a :dataset's texts: the row's number as id, the rest of its key as part, and text
 * @param update a statement that puts a :text in the row of this :id and :part
 */
public record TextPlace(String table, String texts, String update) {}
