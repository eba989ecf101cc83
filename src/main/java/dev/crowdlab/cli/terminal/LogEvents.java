package dev.crowdlab.cli.terminal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.crowdlab.cli.terminal.SummaryDocument.Counts;
import dev.crowdlab.cli.terminal.SummaryDocument.Entry;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.job.step.LogContext;
import dev.crowdlab.run.FindingDetails;
import dev.crowdlab.text.VisibleText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The output of a run as log events instead of text, if the log is {@linkplain LogOutput#isStructured structured}.
 * Events carry the dataset, run and step that they belong to ({@link LogContext}).
 */
public final class LogEvents {

    private static final double NANOS_PER_SECOND = 1e9;

    /** Logged at all levels, whatever the settings say about other loggers, because these are results. */
    private static final Logger log = (Logger) LoggerFactory.getLogger("dev.crowdlab.output");

    private LogEvents() {}

    /** A sentence that would otherwise be a line on standard error: a warning if it says so, otherwise an error. */
    public static void line(String sentence) {
        boolean isWarning = sentence.startsWith("Warning. ") || sentence.contains(": warning. ");
        event(isWarning ? Level.WARN : Level.ERROR).log(VisibleText.line(sentence));
    }

    /** A sentence that is neither. */
    static void note(String sentence) {
        event(Level.INFO).log(VisibleText.line(sentence));
    }

    /** Why the program ends. */
    public static void failure(String sentence, @Nullable Throwable cause) {
        LoggingEventBuilder event = event(Level.ERROR);
        (cause == null ? event : event.setCause(cause)).log(VisibleText.line(sentence));
    }

    /** A step that moved rows has ended. */
    static void step(String sentence, long rowCount, long nanos) {
        event(Level.INFO)
                .addKeyValue("rows", rowCount)
                .addKeyValue("seconds", nanos / NANOS_PER_SECOND)
                .log(VisibleText.line(sentence));
    }

    /** How the datasets ended: for each its findings, then its result. */
    public static void summary(SummaryDocument summary) {
        summary.datasets().forEach(LogEvents::dataset);
        summary.warnings().forEach(LogEvents::line);
    }

    private static void dataset(Entry entry) {
        MDC.put(LogContext.DATASET, entry.dataset());
        if (entry.runId() != null) {
            MDC.put(LogContext.RUN, String.valueOf(entry.runId()));
        }
        try {
            entry.findings().stream()
                    .filter(finding -> finding.severity() != Severity.INFO)
                    .forEach(LogEvents::finding);
            end(entry);
        } finally {
            MDC.remove(LogContext.DATASET);
            MDC.remove(LogContext.RUN);
        }
    }

    private static void end(Entry entry) {
        LoggingEventBuilder event = event(entry.exitCode() == ExitCode.OK ? Level.INFO : Level.ERROR)
                .addKeyValue("status", entry.status())
                .addKeyValue("exit_code", entry.exitCode())
                .addKeyValue("became_current", entry.becameCurrent())
                .addKeyValue("seconds", entry.duration().toNanos() / NANOS_PER_SECOND);
        if (entry.counts() != null) {
            for (Map.Entry<String, Object> count : counts(entry.counts()).entrySet()) {
                event = event.addKeyValue(count.getKey(), count.getValue());
            }
        }
        String ended =
                "The run ended as " + entry.status().toLowerCase(Locale.ROOT).replace('_', ' ');
        event.log(VisibleText.line(entry.message() == null ? ended + "." : ended + ": " + entry.message()));
    }

    private static void finding(FindingDetails finding) {
        event(finding.severity() == Severity.FAIL ? Level.ERROR : Level.WARN)
                .addKeyValue("code", finding.code())
                .log(VisibleText.line(finding.message()));
    }

    private static Map<String, Object> counts(Counts counts) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("num_examples", counts.numExamples());
        named.put("num_annotations", counts.numAnnotations());
        named.put("num_annotators", counts.numAnnotators());
        named.put("num_rejected", counts.numRejected());
        named.put("mean_quality", counts.meanQuality());
        named.values().removeIf(value -> value instanceof Double number && number.isNaN());
        return named;
    }

    private static LoggingEventBuilder event(Level level) {
        log.setLevel(Level.INFO);
        return level == Level.ERROR ? log.atError() : level == Level.WARN ? log.atWarn() : log.atInfo();
    }
}
