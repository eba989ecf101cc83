package dev.crowdlab.configuration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the place where a settings file is not in UTF-8, which the reader of YAML does not tell. */
public final class FileEncoding {

    private static final List<String> FILES =
            List.of("config/application.yml", "config/application.yaml", "application.yml", "application.yaml");

    private FileEncoding() {}

    /**
     * Returns the first such place in the files that are read from a working directory, as the beginning of a sentence:
     * file and line. Empty if all of them are in UTF-8.
     */
    public static Optional<String> firstOther(Path directory) {
        for (String name : FILES) {
            Path file = directory.resolve(name);
            Optional<Integer> line = Files.isRegularFile(file) ? badLine(file) : Optional.empty();
            if (line.isPresent()) {
                return Optional.of(name + ", line " + line.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<Integer> badLine(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
            CoderResult end = decoder.decode(bytes, CharBuffer.allocate(bytes.remaining() + 1), true);
            if (!end.isError()) {
                return Optional.empty();
            }
            int line = 1;
            for (int i = 0; i < bytes.position(); i++) {
                line += bytes.get(i) == '\n' ? 1 : 0;
            }
            return Optional.of(line);
        } catch (IOException e) {
            return Optional.empty(); // the reader of the settings has its own sentence for that
        }
    }
}
