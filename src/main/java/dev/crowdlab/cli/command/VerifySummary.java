package dev.crowdlab.cli.command;

import dev.crowdlab.audit.ForgetRecords.Dropped;
import dev.crowdlab.audit.Verification.DatasetReport;
import dev.crowdlab.audit.Verification.Report;
import dev.crowdlab.cli.terminal.TextTable;
import dev.crowdlab.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The output of a verification apart from the differences. */
final class VerifySummary {

    private static final String LIMITS =
            "This cannot detect that the newest runs were cut off, or that a superuser rewrote everything, hashes"
                    + " included. Newest hashes that are kept elsewhere can: each must still be the hash of its run"
                    + " or publication. The chains do not cover purge_log.";

    private final Report report;

    VerifySummary(Report report) {
        this.report = report;
    }

    /** A table with the newest hashes, the runs that are not in the chain, and an explanation. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!report.datasets().isEmpty()) {
            TextTable table = new TextTable("dataset", ">runs", ">tables", ">removed", ">newest run", "newest hash");
            report.datasets().forEach(dataset -> add(dataset, table));
            lines.addAll(table.lines());
            TextTable publications = new TextTable("dataset", "newest hash in publication_log");
            report.datasets()
                    .forEach(dataset -> publications.add(
                            dataset.dataset(), dataset.publicationHash().orElse("-")));
            lines.addAll(publications.lines());
            report.forgetHash().ifPresent(hash -> lines.add("Newest hash in forget_log: " + hash));
        }
        for (Dropped dropped : report.dropped()) {
            lines.add("Dataset '" + dropped.dataset() + "' was dropped at " + dropped.droppedAt() + " by "
                    + dropped.droppedBy() + ", with " + Plural.of(dropped.runCount(), "closed run", "closed runs")
                    + "; forget_log has their hashes.");
        }
        for (DatasetReport dataset : report.datasets()) {
            for (long runId : dataset.openRuns()) {
                lines.add("Run " + runId + " of dataset '" + dataset.dataset()
                        + "' is RUNNING and not yet in the chain.");
            }
        }
        lines.add(summary());
        lines.add(LIMITS);
        return lines;
    }

    private static void add(DatasetReport dataset, TextTable table) {
        table.add(
                dataset.dataset(),
                number(dataset.runCount()),
                number(dataset.tableCount()),
                number(dataset.removedCount()),
                dataset.newest().map(run -> String.valueOf(run.runId())).orElse("-"),
                dataset.newest().flatMap(run -> run.hash()).orElse("-"));
    }

    private String summary() {
        List<DatasetReport> datasets = report.datasets();
        return "Verified " + count(datasets.size(), "dataset") + " with "
                + count(datasets.stream().mapToInt(DatasetReport::runCount).sum(), "closed run") + ": computed "
                + count(datasets.stream().mapToInt(DatasetReport::tableCount).sum(), "table") + " again, besides "
                + number(datasets.stream().mapToInt(DatasetReport::removedCount).sum())
                + " that retention has removed; found "
                + (report.differences().isEmpty()
                        ? "no difference."
                        : count(report.differences().size(), "difference") + ".");
    }

    private static String count(int number, String noun) {
        return number(number) + " " + Plural.word(number, noun, noun + "s");
    }

    private static String number(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
