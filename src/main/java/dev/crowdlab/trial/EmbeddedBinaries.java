package dev.crowdlab.trial;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * PostgreSQL's binaries, unpacked below one directory.
 *
 * <p>The library remembers in a static map, by resolver, where it unpacked the binaries. Resolvers are equal only for
 * the same directory, which keeps two servers in one process from running on each other's files.
 *
 * @param directory parent of the directories {@code PG-<digest>} that the library unpacks into
 */
record EmbeddedBinaries(Path directory) implements PgBinaryResolver {

    /** The library's marker for a completely unpacked directory. */
    private static final String COMPLETE = ".exists";

    @Override
    public InputStream getPgBinary(String system, String machineHardware) throws IOException {
        return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machineHardware);
    }

    /** Returns the {@code postgres} program that was unpacked last, which is the one that the library starts. */
    Path postgres() throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(child -> Files.exists(child.resolve(COMPLETE)))
                    .max(Comparator.comparingLong(
                            child -> child.resolve(COMPLETE).toFile().lastModified()))
                    .orElseThrow(() -> new NoSuchFileException(directory.toString()))
                    .resolve("bin/postgres");
        }
    }

    /**
     * Deletes what a killed process has unpacked only partly, since the library would neither complete nor replace it.
     */
    void dropIncomplete() throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        List<Path> unpacked;
        try (Stream<Path> children = Files.list(directory)) {
            unpacked = children.toList();
        }
        for (Path child : unpacked) {
            if (!Files.exists(child.resolve(COMPLETE))) {
                FileUtils.deleteDirectory(child.toFile());
            }
        }
    }
}
