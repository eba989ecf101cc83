package dev.crowdlab.cli.terminal;

import dev.crowdlab.notification.DatasetState;
import dev.crowdlab.settings.NightEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages of the webhook about a call. */
public final class SummaryMessages {

    private final SummaryDocument summary;
    private final List<DatasetState> states;
    private final Instant sentAt;

    /**
     * Prepares the messages.
     *
     * @param states of the datasets after the call; empty if they are not known
     */
    public SummaryMessages(SummaryDocument summary, List<DatasetState> states, Instant sentAt) {
        this.summary = summary;
        this.states = states;
        this.sentAt = sentAt;
    }

    /**
     * The document that is sent.
     *
     * @param event as settings spell it
     * @param exitCode of the command
     * @param message why nothing was run; null if anything was
     * @param run what became of the dataset; null if nothing was run
     * @param driftingAnnotators whom the event drift is about
     */
    record Content(
            String event,
            Instant sentAt,
            int exitCode,
            @Nullable String message,
            SummaryDocument.@Nullable Entry run,
            List<String> driftingAnnotators) {

        Content {
            driftingAnnotators = List.copyOf(driftingAnnotators);
        }
    }

    /** A message and what it is about. */
    public record Message(NightEvent event, Content content) {}

    /** Returns all messages there could be, in the order of the runs. */
    public List<Message> all() {
        if (summary.datasets().isEmpty()) {
            return List.of(message(NightEvent.FAILED, null, List.of()));
        }
        List<Message> messages = new ArrayList<>();
        for (SummaryDocument.Entry run : summary.datasets()) {
            if (run.exitCode() != ExitCode.OK) {
                boolean isRefused = run.exitCode() == ExitCode.REFUSED;
                messages.add(message(isRefused ? NightEvent.REFUSED : NightEvent.FAILED, run, List.of()));
            } else if (run.becameCurrent()) {
                messages.add(message(NightEvent.PUBLISHED, run, List.of()));
                List<String> drifting = driftingAnnotators(run.dataset());
                if (!drifting.isEmpty()) {
                    messages.add(message(NightEvent.DRIFT, run, drifting));
                }
            }
        }
        return messages;
    }

    private List<String> driftingAnnotators(String dataset) {
        return states.stream()
                .filter(state -> state.dataset().equals(dataset))
                .findFirst()
                .map(DatasetState::driftingAnnotators)
                .orElse(List.of());
    }

    private Message message(NightEvent event, SummaryDocument.@Nullable Entry run, List<String> drifting) {
        return new Message(
                event, new Content(event.text(), sentAt, summary.exitCode(), summary.message(), run, drifting));
    }
}
