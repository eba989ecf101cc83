package dev.crowdlab.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of the program as recorded by its build.
 *
 * @param release the version in the POM
 * @param commit the abbreviated commit that was built; "unknown" if there was no Git repository
 */
public record SoftwareVersion(String release, String commit) {

    private static final String UNKNOWN = "unknown";

    /** The version of the running program. */
    public static SoftwareVersion recorded() {
        Properties build = new Properties();
        try (InputStream recorded = SoftwareVersion.class.getResourceAsStream("/META-INF/build-info.properties")) {
            if (recorded != null) {
                build.load(recorded);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(build);
    }

    static SoftwareVersion of(Properties build) {
        String commit = build.getProperty("build.commit", UNKNOWN);
        // without a repository Maven leaves the placeholder unresolved
        return new SoftwareVersion(
                build.getProperty("build.version", UNKNOWN), commit.startsWith("$") ? UNKNOWN : commit);
    }

    /** Release and commit, such as {@code 0.2.0+51143b3a9c01}. */
    @Override
    public String toString() {
        return release + "+" + commit;
    }
}
