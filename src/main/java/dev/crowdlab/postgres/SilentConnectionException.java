package dev.crowdlab.postgres;

import java.io.IOException;

/** A connection was closed because nothing was received on it. The message is a sentence. */
final class SilentConnectionException extends IOException {

    private static final long serialVersionUID = 1L;

    SilentConnectionException(String message, IOException cause) {
        super(message, cause);
    }
}
