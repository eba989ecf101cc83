package dev.crowdlab.cli.call;

import dev.crowdlab.run.SoftwareVersion;
import picocli.CommandLine.IVersionProvider;

/** The output of {@code --version}. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        SoftwareVersion recorded = SoftwareVersion.recorded();
        return new String[] {"crowdlab-etl " + recorded.release(), "commit " + recorded.commit()};
    }
}
