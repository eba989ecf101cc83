package dev.crowdlab.settings;

import java.net.URI;
import java.util.Map;

/**
 * Where an OpenTelemetry collector takes metrics, over HTTP. Its text contains neither the address's path nor the
 * headers, which may be secrets.
 *
 * @param url http or https, with the path for metrics
 * @param headers sent with every request, by name
 */
public record OtlpSettings(URI url, Map<String, String> headers) {

    public OtlpSettings {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return "OtlpSettings[host=" + url.getHost() + ", headers=" + headers.keySet() + "]";
    }
}
