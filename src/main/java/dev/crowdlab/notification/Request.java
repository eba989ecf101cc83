package dev.crowdlab.notification;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
     * Sends the request, once, and reads nothing of the answer but its status. By a connection of the old kind: the
     * threads of {@code java.net.http} keep the JVM from ending for 0.3 s, and its classes take a fifth of a second.
     * Its own timeouts hold for a single read, and none for a write, so that a receiver that takes or gives a byte now
     * and then, or nothing, would be waited for without end: it has a thread of its own, which nobody waits for once
     * the time is over.
     *
     * @param timeout from connecting to the answer
     * @return the status
     * @throws IOException if there is no answer in time
     * @throws IllegalArgumentException if the address or a header cannot be sent; the message may contain it
     * @throws InterruptedException if the thread is interrupted
     */
    int send(Duration timeout) throws IOException, InterruptedException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        headers.forEach(connection::setRequestProperty);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        FutureTask<Integer> exchange = new FutureTask<>(() -> exchange(connection));
        start(exchange);
        try {
            return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("no answer within " + timeout);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException noAnswer ? noAnswer : new ProtocolException();
        } finally {
            // closing an encrypted connection may wait for a write that is stuck
            start(connection::disconnect);
        }
    }

    private int exchange(HttpURLConnection connection) throws IOException {
        try (OutputStream target = connection.getOutputStream()) {
            target.write(body);
        }
        return connection.getResponseCode();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "crowdlab-http");
        thread.setDaemon(true);
        thread.start();
    }
}
