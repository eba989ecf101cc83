package dev.crowdlab.publication;

import dev.crowdlab.text.UserProblem;

/** The requested change is not possible; the message says why and what to do instead. */
public final class PublicationRefusedException extends RuntimeException implements UserProblem {

    public PublicationRefusedException(String message) {
        super(message);
    }
}
