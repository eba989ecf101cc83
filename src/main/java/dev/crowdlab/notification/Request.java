package dev.crowdlab.notification;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A request by HTTP, with a body. Not thread-safe while headers are added. */
final class Request {

    private final String method;
    private final URI address;
    private final byte[] body;
    private final Map<String, String> headers = new TreeMap<>();

    private Request(String method, URI address, String contentType, byte[] body) {
        this.method = method;
        this.address = address;
        this.body = body.clone();
        headers.put("Accept", "*/*");
        headers.put("Content-Type", contentType);
        headers.put("User-Agent", "crowdlab-etl");
    }

    static Request post(URI address, String contentType, byte[] body) {
        return new Request("POST", address, contentType, body);
    }

    static Request put(URI address, String contentType, byte[] body) {
        return new Request("PUT", address, contentType, body);
    }

    /** Adds a header, or replaces it. */
    Request with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /**
     * Sends the request, once, and reads nothing of the answer but its status. By a connection of the old kind: the threads of
     * {@code java.net.http} keep the JVM from ending for 0.3 s, and its classes take a fifth of a second.
     *
     * @param timeout of connecting, and of each wait for the answer
     * @return the status
     * @throws IOException if there is no answer
     * @throws IllegalArgumentException if the address or a header cannot be sent; the message may contain it
     */
    int send(Duration timeout) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        try {
            connection.setRequestMethod(method);
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout((int) timeout.toMillis());
            connection.setReadTimeout((int) timeout.toMillis());
            headers.forEach(connection::setRequestProperty);
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream target = connection.getOutputStream()) {
                target.write(body);
            }
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
