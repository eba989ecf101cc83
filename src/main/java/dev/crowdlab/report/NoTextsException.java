package dev.crowdlab.report;

/** The texts of examples could not be read; the message is one sentence that begins with the setting. */
final class NoTextsException extends RuntimeException {

    NoTextsException(String sentence) {
        super(sentence);
    }
}
