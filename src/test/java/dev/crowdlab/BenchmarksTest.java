package dev.crowdlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks of src/jmh, which only the profile bench runs, are kept up with the program. */
class BenchmarksTest {

    @TempDir
    private Path directory;

    @Test
    void theyCompile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(Path.of("src/jmh/java"))) {
            List<Path> benchmarks = sources.filter(source -> source.toString().endsWith(".java"))
                    .toList();
            assertThat(benchmarks).isNotEmpty();
            List<String> options = List.of(
                    "-proc:none",
                    "-implicit:none",
                    "-d",
                    directory.toString(),
                    "-classpath",
                    System.getProperty("java.class.path"));
            boolean isCompiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(benchmarks))
                    .call();
            assertThat(isCompiled).as(messages.toString()).isTrue();
        }
    }
}
