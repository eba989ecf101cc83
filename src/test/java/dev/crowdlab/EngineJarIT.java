package dev.crowdlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jars that the build leaves: the engine as a library needs nothing but itself. */
class EngineJarIT {

    private static final Path JAR = Path.of("target", "crowdlab-etl-engine.jar");
    private static final Path README = Path.of("README.md");

    /** The program, and what it prints. */
    private static final Pattern EXAMPLE = Pattern.compile(
            "## The engine as a library\n.*?```java\n(.*?)```\n\nIt prints\n\n((?:    [^\n]*\n)+)", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    void theExampleOfTheReadmePrintsWhatTheReadmeSays() throws Exception {
        MatchResult readme = EXAMPLE.matcher(Files.readString(README))
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("README.md has no example of the engine, or no output below it"));
        compile(readme.group(1));
        assertThat(run("Example")).isEqualTo(readme.group(2).replaceAll("(?m)^    ", ""));
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
            List<String> files = file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .filter(name -> !name.equals(JarFile.MANIFEST_NAME))
                    .toList();
            assertThat(files)
                    .hasSizeGreaterThan(40)
                    .allMatch(name -> name.matches("dev/crowdlab/engine/[\\w$-]+.class"));
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
        assertThat(ModuleFinder.of(JAR).find("dev.crowdlab.engine"))
                .hasValueSatisfying(module -> assertThat(module.descriptor())
                        .returns(true, ModuleDescriptor::isAutomatic)
                        .returns(Set.of("dev.crowdlab.engine"), ModuleDescriptor::packages));
    }

    @Test
    void theOtherJarIsTheProgram() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Path.of("target", "crowdlab-etl.jar").toString(),
                        "--version")
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed.strip()).matches("crowdlab-etl \\d+\\.\\d+\\.\\d+\\S*\\Rcommit ([0-9a-f]{12}|unknown)");
    }
}
