package dev.crowdlab.trial;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.apache.commons.io.FileUtils;

/**
 * Makes the embedded database's directory private to this user. Anyone who could write to it could replace the programs
 * that are started from it, and the library unpacks them with write permission for everybody.
 */
final class PrivateDirectory {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> CREATED =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);

    private PrivateDirectory() {}

    /**
     * Creates the directory if it is missing. If others have access to it, the access is removed and the programs in it
     * are deleted.
     *
     * @throws EmbeddedDatabaseException if it belongs to another user
     */
    static void create(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory.toAbsolutePath().getParent());
            try {
                Files.createDirectory(directory, CREATED);
                return;
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(directory)) {
                    throw e;
                }
            }
        }
        requireOwn(directory);
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(directory))) {
            Files.setPosixFilePermissions(directory, OWNER_ONLY);
            delete(directory.resolve("binaries"));
        }
    }

    /** Compares the owner with that of a new file, which is this user under any name or number. */
    private static void requireOwn(Path directory) throws IOException {
        Path trial = Files.createTempFile(directory, "owner", "");
        try {
            UserPrincipal owner = Files.getOwner(directory);
            if (!owner.equals(Files.getOwner(trial))) {
                throw new EmbeddedDatabaseException(
                        "The directory " + directory + " of the embedded database belongs to "
                                + owner.getName()
                                + ", who could replace the programs in it; set crowdlab.embedded.directory to a"
                                + " directory of your own.");
            }
        } finally {
            Files.deleteIfExists(trial);
        }
    }

    private static void delete(Path binaries) throws IOException {
        if (Files.isSymbolicLink(binaries)) {
            Files.delete(binaries);
        } else if (Files.exists(binaries)) {
            FileUtils.deleteDirectory(binaries.toFile());
        }
    }
}
