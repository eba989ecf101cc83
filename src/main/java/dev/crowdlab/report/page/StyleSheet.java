package dev.crowdlab.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.crowdlab.report.words.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/** The style of a page, and how its policy names what the page may use. */
public final class StyleSheet {

    /** In the style sheet: the foot of a printed page. */
    private static final String FOOTER = "FOOTER";

    /** Names of datasets have none of it. */
    private static final String UNFIT_FOR_STYLE = "[^\\p{L}\\p{N} _.-]";

    private static final String CONTENT = resource(StyleSheet.class, "style.css");

    private StyleSheet() {}

    /** The style sheet of all pages, with what the foot of a printed page says of a dataset. */
    public static String of(String dataset, String runs) {
        String name = Shown.of(dataset, Shown.IN_SENTENCE).plain().replaceAll(UNFIT_FOR_STYLE, "");
        return CONTENT.replace(FOOTER, "crowdlab-etl · " + name + " · " + runs);
    }

    /** A file beside a class, as a text. */
    public static String resource(Class<?> beside, String name) {
        try (InputStream content = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            return new String(content.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hash of a style sheet or script. */
    public static String hash(String text) {
        try {
            return "sha256-"
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
