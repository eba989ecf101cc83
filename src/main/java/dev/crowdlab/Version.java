package dev.crowdlab;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the program, as its build recorded it. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream recorded = Version.class.getResourceAsStream("/META-INF/build-info.properties")) {
            if (recorded != null) {
                build.load(recorded);
            }
        }
        return new String[] {"crowdlab-etl " + build.getProperty("build.version", "of an unrecorded build")};
    }
}
