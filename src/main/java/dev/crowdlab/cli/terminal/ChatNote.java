package dev.crowdlab.cli.terminal;

import dev.crowdlab.cli.terminal.SummaryMessages.Content;
import dev.crowdlab.cli.terminal.SummaryMessages.Message;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.run.FindingDetails;
import dev.crowdlab.settings.NightEvent;
import dev.crowdlab.text.Plural;
import dev.crowdlab.text.VisibleText;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a chat is told of a call: of each dataset what happened and what to do, the worst first. Every text is one line
 * without control characters, and not yet in the receiver's own markup.
 */
final class ChatNote {

    /** How many findings of a dataset are told in full. */
    private static final int MOST_FINDINGS = 3;

    private static final String SENDER = "crowdlab-etl: ";
    private static final String NOTHING_RUN = "Nothing was run";

    private final List<Paragraph> paragraphs;
    private final NightEvent worst;
    private final Optional<URI> reports;

    /**
     * Puts the messages of a call into words.
     *
     * @param messages at least one
     * @param reports where reports can be read
     */
    ChatNote(List<Message> messages, Optional<URI> reports) {
        Map<String, List<Message>> byDataset = new LinkedHashMap<>();
        for (Message message : messages) {
            SummaryDocument.Entry run = message.content().run();
            byDataset
                    .computeIfAbsent(run == null ? "" : run.dataset(), dataset -> new ArrayList<>())
                    .add(message);
        }
        this.reports = reports;
        paragraphs = byDataset.values().stream()
                .map(ChatNote::paragraph)
                .sorted(Comparator.comparing(Paragraph::urgency))
                .toList();
        worst = worst(messages);
    }

    /** How soon somebody should look at it. */
    enum Urgency {
        FAILED,
        REFUSED,
        WARNED,
        WELL
    }

    /**
     * What is said of one dataset.
     *
     * @param subject the dataset, or that nothing was run
     * @param verdict what became of it, in two or three words; empty if the subject says it
     * @param lines sentences
     */
    record Paragraph(Urgency urgency, String subject, String verdict, List<Line> lines) {}

    /**
     * A sentence.
     *
     * @param advice what to do about it; empty: nothing, or the sentence says it
     */
    record Line(String sentence, String advice) {}

    List<Paragraph> paragraphs() {
        return paragraphs;
    }

    /** The worst event of all. */
    NightEvent worstEvent() {
        return worst;
    }

    /** Where reports can be read. */
    Optional<URI> reports() {
        return reports;
    }

    /** The whole in one line. */
    String headline() {
        return SENDER + counts(paragraphs) + ".";
    }

    /**
     * What is said of those for whom there is no room.
     *
     * @param shown how many paragraphs are shown, the first ones
     */
    Optional<String> omitted(int shown) {
        List<Paragraph> others = paragraphs.subList(shown, paragraphs.size());
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("Not shown for lack of room: " + counts(others) + "; the command show prints a run.");
    }

    private static String counts(List<Paragraph> some) {
        Map<String, Long> byVerdict = some.stream()
                .collect(Collectors.groupingBy(
                        paragraph -> paragraph.verdict().isEmpty()
                                ? NOTHING_RUN.toLowerCase(Locale.ROOT)
                                : paragraph.verdict(),
                        LinkedHashMap::new,
                        Collectors.counting()));
        return byVerdict.entrySet().stream()
                .map(entry -> entry.getKey().equals(NOTHING_RUN.toLowerCase(Locale.ROOT))
                        ? entry.getKey()
                        : Plural.of(entry.getValue(), "dataset", "datasets") + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private static NightEvent worst(Collection<Message> messages) {
        return Stream.of(NightEvent.FAILED, NightEvent.REFUSED, NightEvent.DRIFT, NightEvent.PUBLISHED)
                .filter(event -> messages.stream().anyMatch(message -> message.event() == event))
                .findFirst()
                .orElseThrow();
    }

    private static Paragraph paragraph(List<Message> messages) {
        NightEvent event = worst(messages);
        Content content = messages.get(0).content();
        SummaryDocument.Entry run = content.run();
        if (run == null) {
            String why = content.message() == null ? "No dataset was run." : content.message();
            return new Paragraph(
                    Urgency.FAILED,
                    NOTHING_RUN,
                    "",
                    List.of(new Line(VisibleText.line(why), "remove the cause and start the command again")));
        }
        List<Line> lines = new ArrayList<>();
        figures(run).ifPresent(lines::add);
        List<FindingDetails> found = notable(run, event);
        if (run.exitCode() != ExitCode.OK
                && run.message() != null
                && found.stream().noneMatch(finding -> finding.severity() == Severity.FAIL)) {
            String advice =
                    event == NightEvent.FAILED && run.exitCode() != ExitCode.IN_USE ? FindingCode.FAILED.advice() : "";
            lines.add(new Line(VisibleText.line(run.message()), advice));
        }
        found.stream().limit(MOST_FINDINGS).map(ChatNote::line).forEach(lines::add);
        if (found.size() > MOST_FINDINGS) {
            lines.add(new Line(
                    Plural.of(found.size() - MOST_FINDINGS, "further finding", "further findings")
                            + "; the command show prints all.",
                    ""));
        }
        return new Paragraph(urgency(event, found), VisibleText.line(run.dataset()), verdict(event, run), lines);
    }

    private static Urgency urgency(NightEvent event, List<FindingDetails> found) {
        return switch (event) {
            case FAILED -> Urgency.FAILED;
            case REFUSED -> Urgency.REFUSED;
            case PUBLISHED, DRIFT -> found.isEmpty() ? Urgency.WELL : Urgency.WARNED;
        };
    }

    private static String verdict(NightEvent event, SummaryDocument.Entry run) {
        return switch (event) {
            case FAILED -> run.exitCode() == ExitCode.IN_USE ? "in use" : "failed";
            case REFUSED -> "not published";
            case PUBLISHED, DRIFT -> "published";
        };
    }

    private static Optional<Line> figures(SummaryDocument.Entry run) {
        SummaryDocument.Counts counts = run.counts();
        if (counts == null) {
            return Optional.empty();
        }
        String quality = Double.isFinite(counts.meanQuality())
                ? String.format(Locale.ROOT, "; mean quality %.3f", counts.meanQuality())
                : "";
        return Optional.of(new Line(
                String.format(
                        Locale.ROOT,
                        "Run %d: %,d %s, %,d %s by %,d %s%s.",
                        run.runId(),
                        counts.numExamples(),
                        Plural.word(counts.numExamples(), "example", "examples"),
                        counts.numAnnotations(),
                        Plural.word(counts.numAnnotations(), "annotation", "annotations"),
                        counts.numAnnotators(),
                        Plural.word(counts.numAnnotators(), "annotator", "annotators"),
                        quality),
                ""));
    }

    /** Failures and warnings, as they matter; after a drift, its warning first. */
    private static List<FindingDetails> notable(SummaryDocument.Entry run, NightEvent event) {
        return run.findings().stream()
                .filter(finding -> finding.severity() != Severity.INFO)
                .sorted(Comparator.comparing(finding ->
                        event == NightEvent.DRIFT && finding.code().equals(FindingCode.DRIFT.name()) ? 0 : 1))
                .toList();
    }

    private static Line line(FindingDetails finding) {
        String sentence = VisibleText.line(finding.message());
        String advice = FindingCode.named(finding.code())
                .map(FindingCode::advice)
                .filter(text -> !sentence.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
                .orElse("");
        return new Line(sentence, advice);
    }
}
