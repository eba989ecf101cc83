package dev.crowdlab.spark;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A master and two workers of one core each, processes of their own on this host. */
final class StandAloneCluster implements AutoCloseable {

    private static final Path JAR = Path.of(System.getProperty("crowdlab.spark-jar", "target/crowdlab-etl-spark.jar"));
    private static final String[] JVM_OPTIONS =
            System.getProperty("crowdlab.spark-jvm", "").split(" ");

    /** Nothing here runs long enough for the optimizing compiler, or needs a collector with several threads. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private final Path home = Files.createTempDirectory("spark-home");
    private final int port = freePort();
    private final int executorMiB;
    private final List<Process> processes = new ArrayList<>();

    /**
     * Starts them.
     *
     * @param executorMiB memory of each worker's executor
     */
    StandAloneCluster(int executorMiB) throws IOException {
        this.executorMiB = executorMiB;
        Files.createDirectories(home.resolve("jars"));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : classPath.split(File.pathSeparator)) {
            if (entry.endsWith(".jar")
                    && !entry.matches(
                            ".*/(org/springframework|com/zaxxer|org/postgresql|org/flywaydb|org/junit|io/zonky|info/picocli)/.*")) {
                Path jar = Path.of(entry);
                Files.createSymbolicLink(home.resolve("jars").resolve(jar.getFileName()), jar);
            }
        }
        start(
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                "" + port,
                "--webui-port",
                "" + freePort());
        for (int worker = 0; worker < 2; worker++) {
            start(
                    "org.apache.spark.deploy.worker.Worker",
                    "--host",
                    "127.0.0.1",
                    "--webui-port",
                    "" + freePort(),
                    "--cores",
                    "1",
                    "--memory",
                    executorMiB + "m",
                    "--work-dir",
                    home.resolve("work").toString(),
                    master());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private String master() {
        return "spark://127.0.0.1:" + port;
    }

    private Process start(String mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(JVM_OPTIONS));
        command.addAll(List.of(QUICK_START.split(" ")));
        command.addAll(List.of("-Xmx512m", "-cp", home.resolve("jars") + "/*", mainClass));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        Path output = home.resolve(mainClass.replaceAll(".*\\.", "") + "-" + processes.size() + ".txt");
        Process process = builder.redirectOutput(output.toFile()).start();
        processes.add(process);
        return process;
    }

    /** Submits the program; the driver is the process returned. */
    Process submit(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "--master",
                master(),
                "--executor-memory",
                executorMiB + "m",
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.executor.extraJavaOptions=" + QUICK_START,
                JAR.toAbsolutePath().toString()));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--checkpoints", home.resolve("checkpoints").toUri().toString()));
        return start("org.apache.spark.deploy.SparkSubmit", all.toArray(String[]::new));
    }

    /** What the processes have printed, for messages. */
    String output() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(home)) {
            for (Path file : files.filter(path -> path.toString().contains("SparkSubmit"))
                    .toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    /** Kills an executor as soon as all parts of what a run has read are stored, which is before its first pass. */
    void killExecutor(int partCount) throws InterruptedException {
        for (int attempt = 0; attempt < 1200 && storedParts() < partCount; attempt++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        processes.stream()
                .flatMap(process -> process.toHandle().children())
                .filter(child -> child.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                .findFirst()
                .orElseThrow()
                .destroyForcibly();
    }

    /** The files in the directories of a run, in it of an application, and in it of what it holds in parts. */
    private long storedParts() {
        return entries(home.resolve("checkpoints"))
                .flatMap(StandAloneCluster::entries)
                .flatMap(StandAloneCluster::entries)
                .flatMap(StandAloneCluster::entries)
                .filter(file -> file.getFileName().toString().matches("part-\\d+"))
                .count();
    }

    /** What is in a directory, or nothing; other than a walk it does not mind that a file vanishes meanwhile. */
    private static Stream<Path> entries(Path directory) {
        return Optional.ofNullable(directory.toFile().list()).stream()
                .flatMap(Stream::of)
                .map(directory::resolve);
    }

    @Override
    public void close() {
        processes.stream().flatMap(process -> process.toHandle().descendants()).forEach(ProcessHandle::destroyForcibly);
        processes.forEach(Process::destroyForcibly);
    }
}
