package dev.crowdlab.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates for a test, made by the JDK's keytool: an authority's, and a server's that it has signed. */
public final class Certificates {

    private static final String PASSWORD = "not-secret";

    private final Path directory;

    /** @param directory where keys and certificates go */
    public Certificates(Path directory) {
        this.directory = directory;
    }

    /** Makes an authority and gives its certificate. */
    public Path authority(String name) throws IOException, InterruptedException {
        makeKey(name, "-ext", "bc:critical=ca:true");
        return export(name);
    }

    /** Makes a certificate {@code server.crt} for a host, signed by the authority, and its key {@code server.key}. */
    public void server(String host, String authority)
            throws IOException, InterruptedException, GeneralSecurityException {
        makeKey("server");
        keytool("server", "-certreq", "-file", path("server.csr"));
        keytool(
                authority,
                "-gencert",
                "-infile",
                path("server.csr"),
                "-outfile",
                path("server.crt"),
                "-rfc",
                "-ext",
                "san=dns:" + host);
        Path key = directory.resolve("server.key");
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                key,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(key("server").getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
    }

    /** The absolute path of a file among the certificates. */
    public String path(String file) {
        return directory.resolve(file).toAbsolutePath().toString();
    }

    private Key key(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(directory.resolve(name + ".p12"))) {
            store.load(file, PASSWORD.toCharArray());
        }
        return store.getKey(name, PASSWORD.toCharArray());
    }

    private void makeKey(String name, String... extensions) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name));
        words.addAll(List.of(extensions));
        keytool(name, words.toArray(String[]::new));
    }

    private Path export(String name) throws IOException, InterruptedException {
        keytool(name, "-exportcert", "-rfc", "-file", path(name + ".crt"));
        return directory.resolve(name + ".crt");
    }

    private void keytool(String name, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("-alias", name, "-keystore", path(name + ".p12"), "-storepass", PASSWORD));
        Path log = directory.resolve("keytool.log");
        int exitCode = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException("keytool " + words[0] + ": " + Files.readString(log));
        }
    }
}
