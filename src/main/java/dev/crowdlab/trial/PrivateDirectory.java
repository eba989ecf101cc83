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
 * Makes the embedded database's directory this user's alone. Whoever could write into it could replace the programs that are
 * started from it: the library lets everybody write where it unpacks them.
 */
final class PrivateDirectory {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> CREATED =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);

    private PrivateDirectory() {}

    /**
     * Makes the directory if it is missing. One that others may enter is closed, and the programs in it are thrown away.
     *
     * @throws EmbeddedDatabaseException if it belongs to somebody else
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

    /** The owner of a new file is this user, whatever name or number the system gives the user. */
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
