package dev.crowdlab.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.crowdlab.job.Progress;
import dev.crowdlab.notification.DatasetState;
import dev.crowdlab.notification.DatasetStates;
import dev.crowdlab.notification.Lineage;
import dev.crowdlab.notification.NightMetrics;
import dev.crowdlab.notification.Pushgateway;
import dev.crowdlab.notification.Webhook;
import dev.crowdlab.run.SoftwareVersion;
import dev.crowdlab.settings.LineageSettings;
import dev.crowdlab.settings.MetricsSettings;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.settings.WebhookSettings;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;

/**
 * Reports to the webhook, metrics and lineage how a call ended, after its runs have ended. A failure
 * of theirs is a warning and changes neither results nor exit code. Nothing is sent until the settings are read, which
 * say where.
 */
final class Telemetry {

    private final PrintWriter err;
    private final InstantSource time;
    private Optional<WebhookSettings> webhook = Optional.empty();
    private MetricsSettings metrics = MetricsSettings.NONE;
    private Optional<NightMetrics> measured = Optional.empty();
    private Optional<LineageSettings> lineage = Optional.empty();
    private Optional<LineageLog> log = Optional.empty();
    private List<DatasetState> states = List.of();

    Telemetry(PrintWriter err, InstantSource time) {
        this.err = err;
        this.time = time;
    }

    /** Takes the receivers from the settings. */
    void settingsRead(Settings settings) {
        webhook = settings.webhook();
        metrics = settings.metrics();
        lineage = settings.lineage();
        measured = metrics.isWanted() ? Optional.of(new NightMetrics(metrics.otlp())) : Optional.empty();
    }

    /** The same progress, observed if metrics or lineage are wanted. */
    Progress observed(Progress shown) {
        log = lineage.map(settings ->
                new LineageLog(new Lineage(settings, SoftwareVersion.recorded().release())));
        return measured.isPresent() || log.isPresent() ? new ObservedProgress(shown, time, measured, log) : shown;
    }

    /** Looks up, as long as there is a database, what is known of the datasets. */
    void runsEnded(DataSource database) {
        try {
            log.ifPresent(runs -> runs.runsEnded(database));
            if (webhook.isPresent() || metrics.isWanted()) {
                states = new DatasetStates(database).all();
            }
        } catch (DataAccessException e) {
            warn("The states of the datasets cannot be read; metrics, messages and lineage lack them.");
        }
    }

    /**
     * Does the work, and reports what it returns, or why it failed.
     *
     * @return what the work returned
     */
    SummaryDocument tellAfter(Callable<SummaryDocument> runs) throws Exception {
        SummaryDocument summary;
        try {
            summary = runs.call();
        } catch (Exception e) {
            ErrorReport report = ErrorReport.of(e);
            tell(new SummaryDocument(report.exitCode(), String.join(" ", report.sentences()), List.of(), List.of()));
            throw e;
        }
        tell(summary);
        return summary;
    }

    private void tell(SummaryDocument summary) throws InterruptedException {
        Instant now = time.instant();
        if (measured.isPresent()) {
            SummaryMetrics.add(measured.get(), summary, now);
            states.forEach(measured.get()::add);
            give(measured.get());
        }
        if (log.isPresent() && lineage.isPresent()) {
            String host = lineage.get().url().getHost();
            log.get()
                    .tell(now)
                    .ifPresent(problem -> warn(
                            "The lineage was not sent: " + host + " " + problem + ". The results are not affected."));
        }
        if (webhook.isPresent()) {
            send(new SummaryMessages(summary, states, now).all(), webhook.get());
        }
    }

    private void give(NightMetrics numbers) throws InterruptedException {
        metrics.file().ifPresent(file -> {
            try {
                OutputFile.forAllReaders(file).write(numbers.text().getBytes(UTF_8));
            } catch (UsageException e) {
                warn("The metrics were not written. " + e.getMessage() + ".");
            }
        });
        if (metrics.pushgateway().isPresent()) {
            new Pushgateway(metrics.pushgateway().get())
                    .push(numbers)
                    .ifPresent(problem -> warn("The metrics were not pushed: the Pushgateway " + problem + "."));
        }
        if (metrics.otlp().isPresent()) {
            String host = metrics.otlp().get().url().getHost();
            numbers.push()
                    .ifPresent(problem ->
                            warn("The metrics were not pushed: the collector at " + host + " " + problem + "."));
        }
    }

    /** Once a message is not taken for all attempts, the others are not tried: the night must end. */
    private void send(List<SummaryMessages.Message> messages, WebhookSettings settings) throws InterruptedException {
        Webhook receiver = new Webhook(settings);
        List<SummaryMessages.Message> wanted = messages.stream()
                .filter(message -> receiver.wants(message.event()))
                .toList();
        for (int sent = 0; sent < wanted.size(); sent++) {
            SummaryMessages.Message message = wanted.get(sent);
            Optional<String> problem = receiver.send(message.event(), new JsonDocument(message.content()).bytes());
            if (problem.isPresent()) {
                warn("The webhook at " + settings.url().getHost() + " " + problem.get() + "; messages not sent: "
                        + (wanted.size() - sent) + ". The results are not affected.");
                return;
            }
        }
    }

    private void warn(String sentence) {
        err.println("Warning. " + sentence);
    }
}
