package dev.crowdlab.settings;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * The webhook that is called with how the datasets of a call ended. Its text does not contain the secret, nor the
 * address, whose path is often all that protects it.
 *
 * @param url http or https
 * @param secret by which messages are signed; empty: they are not
 * @param events the events that are posted
 * @param format for whom the messages are written
 * @param reports where the folder of {@code run --report} can be read; empty: messages link to no report
 */
public record WebhookSettings(
        URI url, Optional<String> secret, Set<NightEvent> events, Format format, Optional<URI> reports) {

    /** For whom messages are written. */
    public enum Format {
        /** For programs: one document per dataset and event. */
        JSON,
        /** For a channel of Slack: one message per call. */
        SLACK,
        /** For a channel of Teams: one message per call. */
        TEAMS
    }

    public WebhookSettings {
        events = Set.copyOf(events);
    }

    @Override
    public String toString() {
        return "WebhookSettings[host=" + url.getHost() + ", events=" + events + "]";
    }
}
