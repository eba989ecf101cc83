package dev.crowdlab.postgres;

import dev.crowdlab.text.UserProblem;

/**
 * A table that the program would read or write is not the plain table that it created, so that code of somebody else
 * could run with the user's rights.
 */
public final class ForeignCodeException extends RuntimeException implements UserProblem {

    private final String fault;

    /**
     * @param table the table, with its schema
     * @param fault what is wrong with it, as the predicate of a sentence
     */
    ForeignCodeException(String table, String fault) {
        super("Table " + table + " " + fault + ", which the program did not create and whose code could run with your"
                + " rights, so the table is neither read nor changed; find out who created it, and remove it (the command"
                + " verify lists all differences)");
        this.fault = fault;
    }

    /** What is wrong with the table, as the predicate of a sentence. */
    public String fault() {
        return fault;
    }
}
