package dev.crowdlab.trial;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The password of the embedded database's superuser. It is created at the first start and stored with the data, in the
 * format of {@code PGPASSFILE}, which psql and the driver read. Data without that file is new, or was created by a
 * version without passwords; both get a password before a server runs on it.
 *
 * @param file readable by the owner only
 * @param value the password
 */
record EmbeddedPassword(Path file, String value) {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> CREATED =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    private static final int RANDOM_BYTES = 24;
    private static final String LINE = EmbeddedAddress.HOST + ":*:*:" + EmbeddedAddress.USER + ":";

    /** Allows connections with a password over the loopback interface only. */
    private static final String RULES = "host all all " + EmbeddedAddress.HOST + "/32 scram-sha-256\n";

    static Path file(DataDirectory data) {
        return data.path().resolve("pgpass");
    }

    /** Returns the password of the data, or a new one for {@link #require} to set. */
    static EmbeddedPassword of(DataDirectory data) throws IOException {
        Path file = file(data);
        if (Files.isRegularFile(file)) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
            String line = Files.readString(file).strip();
            if (line.startsWith(LINE)) {
                return new EmbeddedPassword(file, line.substring(LINE.length()));
            }
            Files.delete(file);
        }
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return new EmbeddedPassword(
                file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** Makes the server require this password, unless it already does. No server may be running on the data. */
    void require(Path data, Path postgres) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Files.writeString(data.resolve("pg_hba.conf"), RULES);
        set(data, postgres);
        Path written = file.resolveSibling("pgpass.new");
        Files.deleteIfExists(written);
        Files.createFile(written, CREATED);
        Files.writeString(written, LINE + value + "\n");
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Sets it with a server that accepts no connections, so that nobody can connect before there is a password. */
    private void set(Path data, Path postgres) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // the library does the same for root, as whom PostgreSQL refuses to run
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(postgres.toString(), "--single", "-D", data.toString()));
        command.addAll(List.of("-c", "password_encryption=scram-sha-256"));
        command.addAll(List.of("-c", "log_statement=none", "-c", "log_min_error_statement=panic"));
        command.add("postgres");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream statements = process.getOutputStream()) {
            statements.write(("alter role " + EmbeddedAddress.USER + " password '" + value + "'\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (exitCode(process) != 0 || output.contains("ERROR:")) {
            throw new IOException("no password could be set: " + output.strip());
        }
    }

    private static int exitCode(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the password was set", e);
        }
    }

    @Override
    public String toString() {
        return "the password in " + file;
    }
}
