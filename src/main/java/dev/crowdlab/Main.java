package dev.crowdlab;

import dev.crowdlab.cli.CrowdlabProgram;
import java.util.Optional;

/** Entry point of the program for nightly use, which works on a configured database only. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(CrowdlabProgram.call(Optional.empty(), arguments));
    }
}
