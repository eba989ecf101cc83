package dev.crowdlab.spark;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point for {@code spark-submit}. */
@Command(
        name = "crowdlab-etl-spark",
        mixinStandardHelpOptions = true,
        description = "Consensus labels on Apache Spark, with the results of crowdlab-etl.",
        subcommands = SparkRunCommand.class)
public final class CrowdlabSpark {

    CrowdlabSpark() {}

    /**
     * Runs a command; exits with its code if that is not 0, since a manager such as YARN takes any exit for a failure.
     */
    public static void main(String[] arguments) {
        int exitCode = new CommandLine(new CrowdlabSpark()).execute(arguments);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }
}
