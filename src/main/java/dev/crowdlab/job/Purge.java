package dev.crowdlab.job;

import dev.crowdlab.job.BatchMetadataRetention.Trimmed;
import dev.crowdlab.plan.Databases;
import dev.crowdlab.plan.RunPlanner;
import dev.crowdlab.postgres.SqlErrors;
import dev.crowdlab.retention.Retention;
import dev.crowdlab.retention.RetentionInUseException;
import dev.crowdlab.runs.RunHistory;
import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.settings.RetentionSettings;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Removes old results now, of the datasets that are configured as of those that are no longer. */
public final class Purge {

    private final RunPlanner planner;
    private final DataSource sessions;
    private final Clock clock;

    Purge(RunPlanner planner, Databases databases, Clock clock) {
        this.planner = planner;
        sessions = databases.result().with("application_name", "crowdlab-etl purge");
        this.clock = clock;
    }

    /**
     * What was done.
     *
     * @param datasets by name
     * @param trimmed what went of Spring Batch's metadata; empty: nothing, because of the hindrance
     * @param hindrance what kept the metadata from being trimmed
     */
    public record Report(List<DatasetReport> datasets, Optional<Trimmed> trimmed, Optional<Exception> hindrance) {

        /** Copies. */
        public Report {
            datasets = List.copyOf(datasets);
        }
    }

    /**
     * What was done about one dataset.
     *
     * @param dataset the dataset
     * @param outcome what was removed and what was not; empty: nothing, because of the hindrance
     * @param hindrance what went wrong, or who else removes old results at this moment
     */
    public record DatasetReport(String dataset, Optional<Retention.Outcome> outcome, Optional<Exception> hindrance) {}

    /**
     * Removes what the settings do not keep, of the named datasets or of all that have a run.
     *
     * @throws InvalidSettingsException naming every unknown dataset
     * @throws SQLException if the database cannot be reached
     */
    public Report run(Set<String> names, RetentionSettings settings) throws SQLException {
        RetentionTask old = new RetentionTask(sessions, settings, clock);
        List<DatasetReport> reports = new ArrayList<>();
        Optional<Exception> hindrance = Optional.empty();
        for (String dataset : choose(names)) {
            DatasetReport report = hindrance.isPresent()
                    ? new DatasetReport(dataset, Optional.empty(), hindrance)
                    : purge(old, dataset);
            // who keeps one dataset waiting need not be waited for again and again
            hindrance = report.hindrance().filter(cause -> cause instanceof RetentionInUseException);
            reports.add(report);
        }
        if (hindrance.isPresent()) {
            return new Report(reports, Optional.empty(), hindrance);
        }
        try {
            return new Report(reports, Optional.of(old.trimBatchHistory(names)), Optional.empty());
        } catch (SQLException | DataAccessException | TransactionException | RetentionInUseException e) {
            return new Report(reports, Optional.empty(), Optional.of(reachable(e)));
        }
    }

    private static DatasetReport purge(RetentionTask old, String dataset) throws SQLException {
        try {
            return new DatasetReport(dataset, Optional.of(old.remove(dataset)), Optional.empty());
        } catch (SQLException | DataAccessException | TransactionException | RetentionInUseException e) {
            return new DatasetReport(dataset, Optional.empty(), Optional.of(reachable(e)));
        }
    }

    /** A database that is gone is gone for every dataset. */
    private static Exception reachable(Exception e) throws SQLException {
        if (SqlErrors.isUnreachable(e)) {
            throw new SQLException(e.getMessage(), e);
        }
        return e;
    }

    private Set<String> choose(Set<String> names) {
        Set<String> known = new TreeSet<>(new RunHistory(sessions).datasets());
        if (names.isEmpty()) {
            return known;
        }
        if (!known.containsAll(names)) {
            known.addAll(planner.datasets().keySet());
        }
        List<String> problems = new TreeSet<>(names)
                .stream()
                        .filter(name -> !known.contains(name))
                        .map(name -> "There is no dataset '" + name + "'; known are "
                                + (known.isEmpty() ? "none" : String.join(", ", known)))
                        .toList();
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return new TreeSet<>(names);
    }
}
