package dev.crowdlab.settings;

import org.jspecify.annotations.Nullable;

/**
 * The database that holds the annotations, if it is not the result database.
 *
 * @param url JDBC URL
 * @param username user; null: the driver's default
 * @param password secret; null: none; never printed
 */
public record SourceSettings(
        String url, @Nullable String username, @Nullable String password) {

    /** Contains neither the password nor the URL's parameters, which may contain it. */
    @Override
    public String toString() {
        return "SourceSettings[" + url.replaceFirst("\\?.*", "") + "]";
    }
}
