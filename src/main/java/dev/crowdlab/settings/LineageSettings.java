package dev.crowdlab.settings;

import java.net.URI;
import java.util.Optional;

/**
 * Where events of OpenLineage go. Its text contains neither the key nor the address's path.
 *
 * @param url http or https, to which events are posted
 * @param apiKey sent as a bearer's token; empty: none
 * @param namespace of the jobs
 */
public record LineageSettings(URI url, Optional<String> apiKey, String namespace) {

    /** The namespace unless another is set. */
    public static final String DEFAULT_NAMESPACE = "crowdlab";

    @Override
    public String toString() {
        return "LineageSettings[host=" + url.getHost() + ", namespace=" + namespace + "]";
    }
}
