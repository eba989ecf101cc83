package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** The program: in the JVM of the test, or submitted to a cluster. */
final class SparkProgram {

    private static final boolean ON_CLUSTER = Boolean.getBoolean("crowdlab.on-cluster");
    private static final int EXECUTOR_MIB = 1_500;
    private static final int MAX_MINUTES = 90;

    private SparkProgram() {}

    /**
     * How a call ended.
     *
     * @param output all lines, those about errors among them
     */
    record Result(int exitCode, String output) {}

    /** Calls {@code run} as of {@link Nights#AS_OF}, which must end with 0 or 3. */
    static void run(String master, Nights nights, String database, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--as-of", Nights.AS_OF));
        arguments.addAll(List.of(more));
        Result result = call(master, "", nights, database, arguments);
        assertThat(result.exitCode()).as(result.output()).isIn(0, 3);
    }

    /** Calls {@code run} for several datasets, some of which may fail; on a cluster of its own where profile thorough wants it. */
    static Result runAll(Nights nights, String database, List<String> datasets, int parts) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--as-of", Nights.AS_OF, "--parts", String.valueOf(parts)));
        datasets.forEach(dataset -> arguments.addAll(List.of("--dataset", dataset)));
        Result result = ON_CLUSTER
                ? callOnCluster(nights.settings(database), arguments)
                : call("local[2]", "", nights, database, arguments);
        assertThat(result.exitCode()).as(result.output()).isIn(0, 1, 3);
        return result;
    }

    private static Result callOnCluster(Path settings, List<String> more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--config", settings.toString()));
        arguments.addAll(more);
        try (StandAloneCluster cluster = new StandAloneCluster(EXECUTOR_MIB)) {
            Process run = cluster.submit(arguments.toArray(String[]::new));
            assertThat(run.waitFor(MAX_MINUTES, TimeUnit.MINUTES))
                    .as(cluster.output())
                    .isTrue();
            return new Result(run.exitValue(), cluster.output());
        }
    }

    /** Does the same while every task fails once, after its work. */
    static void runFailing(Nights nights, String database, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--as-of", Nights.AS_OF));
        arguments.addAll(List.of(more));
        Result result = call("local[2,3]", FailingTasks.class.getName(), nights, database, arguments);
        assertThat(result.exitCode()).as(result.output()).isIn(0, 3);
    }

    static Result call(String master, String plugins, Nights nights, String database, List<String> more) {
        return callWith(master, plugins, nights.settings(database), more);
    }

    static Result callWith(String master, String plugins, Path settings, List<String> more) {
        System.setProperty("spark.master", master);
        System.setProperty("spark.plugins", plugins);
        System.setProperty("spark.ui.enabled", "false");
        System.setProperty("spark.driver.host", "127.0.0.1");
        System.setProperty("spark.sql.shuffle.partitions", "4");
        List<String> arguments = new ArrayList<>(List.of("run", "--config", settings.toString()));
        arguments.addAll(more);
        StringWriter output = new StringWriter();
        int exitCode = new CommandLine(new CrowdlabSpark())
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(output))
                .execute(arguments.toArray(String[]::new));
        return new Result(exitCode, output.toString());
    }
}
