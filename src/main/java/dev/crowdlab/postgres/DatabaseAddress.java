package dev.crowdlab.postgres;

/**
 * Where a database is, without user, password and options.
 *
 * @param server such as {@code postgres://db.example.org:5432}; the first of several hosts
 * @param database its name
 */
public record DatabaseAddress(String server, String database) {}
