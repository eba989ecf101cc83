package dev.crowdlab.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {

    private static final byte[] CONTENT = "content\n".getBytes(UTF_8);

    @TempDir
    private Path directory;

    @Test
    @Timeout(120)
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aPipeIsWrittenToAndStaysOne() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        FutureTask<byte[]> read = new FutureTask<>(() -> Files.readAllBytes(pipe));
        Thread reader = new Thread(read);
        reader.setDaemon(true);
        reader.start();
        OutputFile file = new OutputFile(pipe);
        file.requireWritable();
        file.write(CONTENT);
        assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther())
                .isTrue();
        assertThat(read.get(60, TimeUnit.SECONDS)).isEqualTo(CONTENT);
    }

    /** As {@code /dev/stdout} is one, redirected to a file. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void anOpenFileIsWrittenToByItsName() throws IOException {
        Path open = directory.toRealPath().resolve("open");
        try (OutputStream stream = Files.newOutputStream(open);
                Stream<Path> names = Files.list(Path.of("/proc/self/fd"))) {
            stream.write("before\n".getBytes(UTF_8));
            Path name = names.filter(link -> leadsTo(link, open)).findAny().orElseThrow();
            OutputFile file = new OutputFile(name);
            file.requireWritable();
            file.write(CONTENT);
        }
        assertThat(open).hasContent("before\ncontent\n");
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
