package dev.crowdlab.settings;

import dev.crowdlab.settings.section.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a report shows the examples of a dataset. No result depends on it.
 *
 * @param url the http or https address of an example's page, with {@value #MARK} in the place of its id; null: none
 * @param textQuery returns example_id and text; null: none
 */
public record ExampleSettings(
        @Nullable String url, @Nullable String textQuery) {

    /** Only ids are shown. */
    public static final ExampleSettings NONE = new ExampleSettings(null, null);

    static final String MARK = "{example_id}";

    /** Parts of a path that browsers follow to another page, however they are written. */
    private static final Set<String> STEPS = Set.of(".", "..");

    /** An address before its path, query or fragment. */
    private static final Pattern HOST = Pattern.compile("https?://[^/?#]+");

    /** The address of an example's page; empty: it has none. */
    public Optional<String> link(String id) {
        return url == null || id.isEmpty() || STEPS.contains(id)
                ? Optional.empty()
                : Optional.of(url.replace(MARK, encoded(id)));
    }

    /** A text as a part of an address that cannot become another part. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static ExampleSettings read(Section dataset, @Nullable String textQuery) {
        String url = dataset.text(DatasetSetting.EXAMPLE_URL);
        if (url != null && !isAddress(url.strip())) {
            dataset.problem(
                    DatasetSetting.EXAMPLE_URL,
                    "is not the http or https address of a host, without a user, with " + MARK
                            + " behind the host; write, for example, https://labels.example/tasks/" + MARK);
            return new ExampleSettings(null, textQuery);
        }
        return new ExampleSettings(url == null ? null : url.strip(), textQuery);
    }

    /** Whether every id leads to the same host. */
    private static boolean isAddress(String text) {
        try {
            URI address = new URI(text.replace(MARK, "1"));
            Matcher host = HOST.matcher(text);
            return host.lookingAt()
                    && host.end() < text.indexOf(MARK)
                    && address.getHost() != null
                    && address.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
