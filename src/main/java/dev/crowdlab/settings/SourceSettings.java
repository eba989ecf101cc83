package dev.crowdlab.settings;

import org.jspecify.annotations.Nullable;

/**
 * The database that holds the annotations, where it is not the result database.
 *
 * @param url JDBC URL
 * @param username user, null: the driver's default
 * @param password secret, null: none; never printed
 */
public record SourceSettings(
        String url, @Nullable String username, @Nullable String password) {

    /** Names neither the password nor the URL's parameters, which may hold it. */
    @Override
    public String toString() {
        return "SourceSettings[" + url.replaceFirst("\\?.*", "") + "]";
    }
}
