package dev.crowdlab.cli.terminal;

import dev.crowdlab.settings.NightEvent;
import dev.crowdlab.settings.WebhookSettings;
import java.util.List;

/**
 * What is posted to the webhook at once: to a program one message, to a chat all messages of the call as one.
 *
 * @param event the worst that it tells of
 * @param body as the receiver expects it
 */
public record WebhookPost(NightEvent event, JsonDocument body) {

    /** The posts about a call, of the events that are asked for, in the order in which they are sent. */
    public static List<WebhookPost> all(SummaryMessages messages, WebhookSettings settings) {
        List<SummaryMessages.Message> wanted = messages.all().stream()
                .filter(message -> settings.events().contains(message.event()))
                .toList();
        if (wanted.isEmpty()) {
            return List.of();
        }
        ChatNote note = new ChatNote(wanted, settings.reports());
        return switch (settings.format()) {
            case JSON ->
                wanted.stream()
                        .map(message -> new WebhookPost(message.event(), new JsonDocument(message.content())))
                        .toList();
            case SLACK -> List.of(new WebhookPost(note.worstEvent(), SlackMessage.of(note)));
            case TEAMS -> List.of(new WebhookPost(note.worstEvent(), TeamsMessage.of(note)));
        };
    }
}
