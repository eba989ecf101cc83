package dev.crowdlab.postgres;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.util.GT;

/**
 * Asks a server whether it offers encryption. The driver reports a server that never does like one that has no process
 * left for the session at the moment, although a retry helps with the latter alone.
 */
final class EncryptionOffer {

    /** In place of the version of the protocol in the first message of a session. */
    private static final int REQUEST = 80_877_103;

    private static final int MAX_WAIT_MILLIS = 5_000;

    private EncryptionOffer() {}

    /** Whether the failure is that the server offers no encryption, and will not as it is configured. */
    static boolean isNeverMade(SQLException failure, String url) {
        Properties given = UrlOptions.given(url);
        boolean isDeclined = GT.tr("The server does not support SSL.").equals(failure.getMessage());
        String host = given.getProperty("PGHOST", "localhost");
        if (!isDeclined || host.contains(",") || given.containsKey("socketFactory")) {
            return false;
        }
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(host, Integer.parseInt(given.getProperty("PGPORT", "5432"))),
                    MAX_WAIT_MILLIS);
            socket.setSoTimeout(MAX_WAIT_MILLIS);
            DataOutputStream request = new DataOutputStream(socket.getOutputStream());
            request.writeInt(2 * Integer.BYTES);
            request.writeInt(REQUEST);
            request.flush();
            return socket.getInputStream().read() == 'N';
        } catch (IOException | NumberFormatException notAnswered) {
            return false;
        }
    }
}
