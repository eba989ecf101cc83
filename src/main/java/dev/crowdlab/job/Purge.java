package dev.crowdlab.job;

import dev.crowdlab.job.BatchMetadataRetention.Trimmed;
import dev.crowdlab.plan.Databases;
import dev.crowdlab.plan.RunPlanner;
import dev.crowdlab.postgres.SqlErrors;
import dev.crowdlab.retention.Retention;
import dev.crowdlab.retention.RetentionInUseException;
import dev.crowdlab.run.RunHistory;
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

/** Removes old results on request, also of datasets that are no longer configured. */
public final class Purge {

    private final RunPlanner planner;
    private final DataSource dataSource;
    private final Clock clock;

    Purge(RunPlanner planner, Databases databases, Clock clock) {
        this.planner = planner;
        dataSource = databases.result().with("application_name", "crowdlab-etl purge");
        this.clock = clock;
    }

    /**
     * The outcome of a purge.
     *
     * @param datasets by name
     * @param trimmed what was removed of Spring Batch's metadata; empty if a hindrance prevented it
     * @param hindrance the reason why the metadata could not be removed
     */
    public record Report(List<DatasetReport> datasets, Optional<Trimmed> trimmed, Optional<Exception> hindrance) {

        /** Lists are copied. */
        public Report {
            datasets = List.copyOf(datasets);
        }
    }

    /**
     * The outcome for one dataset.
     *
     * @param dataset the dataset
     * @param outcome what was removed and what was not; empty if a hindrance prevented it
     * @param hindrance the failure, or the fact that another session is removing old results
     */
    public record DatasetReport(String dataset, Optional<Retention.Outcome> outcome, Optional<Exception> hindrance) {}

    /**
     * Removes what exceeds the settings, of the named datasets or of all that have a run.
     *
     * @throws InvalidSettingsException naming every unknown dataset
     * @throws SQLException if the database cannot be reached
     */
    public Report run(Set<String> names, RetentionSettings settings) throws SQLException {
        RetentionTask old = new RetentionTask(dataSource, settings, clock);
        List<DatasetReport> reports = new ArrayList<>();
        Optional<Exception> hindrance = Optional.empty();
        for (String dataset : choose(names)) {
            DatasetReport report = hindrance.isPresent()
                    ? new DatasetReport(dataset, Optional.empty(), hindrance)
                    : purge(old, dataset);
            // do not wait again for the same session for every dataset
            hindrance = report.hindrance().filter(cause -> cause instanceof RetentionInUseException);
            reports.add(report);
        }
        if (hindrance.isPresent()) {
            return new Report(reports, Optional.empty(), hindrance);
        }
        try {
            return new Report(reports, Optional.of(old.trimBatchMetadata(names)), Optional.empty());
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

    /** Rethrows a failure that affects every dataset because the database is gone. */
    private static Exception reachable(Exception e) throws SQLException {
        if (SqlErrors.isUnreachable(e)) {
            throw new SQLException(e.getMessage(), e);
        }
        return e;
    }

    private Set<String> choose(Set<String> names) {
        Set<String> known = new TreeSet<>(new RunHistory(dataSource).datasets());
        if (names.isEmpty()) {
            return known;
        }
        if (!known.containsAll(names)) {
            known.addAll(planner.datasets().keySet());
        }
        List<String> problems = new TreeSet<>(names)
                .stream()
                        .filter(name -> !known.contains(name))
                        .map(name -> "There is no dataset '" + name + "'; known names are "
                                + (known.isEmpty() ? "none" : String.join(", ", known)))
                        .toList();
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return new TreeSet<>(names);
    }
}
