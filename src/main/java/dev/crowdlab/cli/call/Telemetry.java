package dev.crowdlab.cli.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.crowdlab.cli.terminal.ErrorReport;
import dev.crowdlab.cli.terminal.OutputFile;
import dev.crowdlab.cli.terminal.SummaryDocument;
import dev.crowdlab.cli.terminal.SummaryMessages;
import dev.crowdlab.cli.terminal.SummaryMetrics;
import dev.crowdlab.cli.terminal.WebhookPost;
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
import dev.crowdlab.text.UsageException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;

/**
 * Reports to the webhook, metrics and lineage how a call ended, after its runs have ended. If one
 * of them fails, that is a warning and changes neither results nor exit code. Nothing is sent before the settings are
 * read, because they say where to.
 */
public final class Telemetry {

    /** How long all receivers together may take. */
    private static final Duration MOST = Duration.ofSeconds(15);

    private final PrintWriter err;
    private final InstantSource time;
    private Optional<WebhookSettings> webhook = Optional.empty();
    private MetricsSettings metrics = MetricsSettings.NONE;
    private Optional<NightMetrics> measured = Optional.empty();
    private Optional<LineageSettings> lineage = Optional.empty();
    private Optional<LineageLog> log = Optional.empty();
    private List<DatasetState> states = List.of();

    public Telemetry(PrintWriter err, InstantSource time) {
        this.err = err;
        this.time = time;
    }

    /** Takes the receivers from the settings. */
    public void settingsRead(Settings settings) {
        webhook = settings.webhook();
        metrics = settings.metrics();
        lineage = settings.lineage();
        measured = metrics.isWanted() ? Optional.of(new NightMetrics(metrics.otlp())) : Optional.empty();
    }

    /** The same progress, observed if metrics or lineage are wanted. */
    public Progress observed(Progress shown) {
        log = lineage.map(settings ->
                new LineageLog(new Lineage(settings, SoftwareVersion.recorded().release())));
        return measured.isPresent() || log.isPresent() ? new ObservedProgress(shown, time, measured, log) : shown;
    }

    /** Looks up, as long as there is a database, what is known of the datasets. */
    public void runsEnded(DataSource database) {
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
    public SummaryDocument tellAfter(Callable<SummaryDocument> runs) throws Exception {
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

    /**
     * Tells all receivers at the same time, so that none has to wait for one that is silent. Those that have not taken
     * everything when the time is over are not waited for.
     */
    private void tell(SummaryDocument summary) throws InterruptedException {
        Instant now = time.instant();
        List<Receiver> receivers = new ArrayList<>();
        if (measured.isPresent()) {
            SummaryMetrics.add(measured.get(), summary, now);
            states.forEach(measured.get()::add);
            writeFile(measured.get());
            receivers.addAll(ofMetrics(measured.get()));
        }
        if (log.isPresent() && lineage.isPresent()) {
            receivers.add(new Receiver(
                    problem -> "The lineage was not sent: "
                            + lineage.get().url().getHost() + " " + problem + ". The results are not affected.",
                    () -> log.get().tell(now)));
        }
        webhook.ifPresent(settings -> receivers.add(ofMessages(new SummaryMessages(summary, states, now), settings)));
        if (!receivers.isEmpty()) {
            tell(receivers);
        }
    }

    /**
     * Where something is sent.
     *
     * @param warning what is said of a problem
     * @param sending sends, and returns the problem, if any, as the end of a sentence
     */
    private record Receiver(UnaryOperator<String> warning, Callable<Optional<String>> sending) {}

    private void tell(List<Receiver> receivers) throws InterruptedException {
        ExecutorService senders = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "crowdlab-telemetry");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Optional<String>>> sent = senders.invokeAll(
                    receivers.stream().map(Receiver::sending).toList(), MOST.toSeconds(), TimeUnit.SECONDS);
            for (int i = 0; i < sent.size(); i++) {
                problem(sent.get(i)).map(receivers.get(i).warning()).ifPresent(this::warn);
            }
        } finally {
            senders.shutdownNow();
        }
    }

    private static Optional<String> problem(Future<Optional<String>> sent) throws InterruptedException {
        try {
            return sent.get();
        } catch (CancellationException e) {
            return Optional.of("had not taken everything after " + MOST.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void writeFile(NightMetrics numbers) {
        metrics.file().ifPresent(file -> {
            try {
                OutputFile.forAllReaders(file).write(numbers.text().getBytes(UTF_8));
            } catch (UsageException e) {
                warn("The metrics were not written. " + e.getMessage() + ".");
            }
        });
    }

    private List<Receiver> ofMetrics(NightMetrics numbers) {
        List<Receiver> receivers = new ArrayList<>();
        metrics.pushgateway()
                .ifPresent(address -> receivers.add(new Receiver(
                        problem -> "The metrics were not pushed: the Pushgateway " + problem + ".",
                        () -> new Pushgateway(address).push(numbers))));
        metrics.otlp()
                .ifPresent(settings -> receivers.add(new Receiver(
                        problem -> "The metrics were not pushed: the collector at "
                                + settings.url().getHost() + " " + problem + ".",
                        numbers::push)));
        return receivers;
    }

    /** Once a message is not taken for all attempts, the others are not tried. */
    private static Receiver ofMessages(SummaryMessages messages, WebhookSettings settings) {
        Webhook receiver = new Webhook(settings);
        List<WebhookPost> posts = WebhookPost.all(messages, settings);
        AtomicInteger taken = new AtomicInteger();
        return new Receiver(
                problem -> "The webhook at " + settings.url().getHost() + " " + problem + "; messages not sent: "
                        + (posts.size() - taken.get()) + ". The results are not affected.",
                () -> {
                    for (WebhookPost post : posts) {
                        Optional<String> problem =
                                receiver.send(post.event(), post.body().bytes());
                        if (problem.isPresent()) {
                            return problem;
                        }
                        taken.incrementAndGet();
                    }
                    return Optional.empty();
                });
    }

    private void warn(String sentence) {
        err.println("Warning. " + sentence);
    }
}
