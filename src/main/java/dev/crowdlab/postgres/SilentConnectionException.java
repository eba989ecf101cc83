package dev.crowdlab.postgres;

import java.io.IOException;

/** A connection was closed because nothing was received on it. The message is a sentence. */
final class SilentConnectionException extends IOException {

    SilentConnectionException(String message, IOException cause) {
        super(message, cause);
    }
}
