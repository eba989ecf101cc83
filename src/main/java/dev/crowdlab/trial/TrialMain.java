package dev.crowdlab.trial;

import dev.crowdlab.cli.CrowdlabProgram;
import java.util.Optional;

/** Entry point of the trial program: the program for nightly use with a PostgreSQL of its own and a sample. */
public final class TrialMain {

    private TrialMain() {}

    public static void main(String[] arguments) {
        System.exit(CrowdlabProgram.call(Optional.of(new EmbeddedTrial()), arguments));
    }
}
