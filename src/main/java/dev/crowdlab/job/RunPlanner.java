package dev.crowdlab.job;

import dev.crowdlab.audit.BuiltInTables;
import dev.crowdlab.database.Connecting;
import dev.crowdlab.engine.InputRefusedException;
import dev.crowdlab.job.DatasetRunner.Databases;
import dev.crowdlab.settings.DatasetName;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.settings.SettingOrigins;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.source.InputColumns;
import dev.crowdlab.source.InputQueries;
import dev.crowdlab.source.QueryInspection;
import dev.crowdlab.source.QueryInspection.Outcome;
import dev.crowdlab.source.QueryInspection.Refused;
import dev.crowdlab.source.QueryInspection.Usable;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds out which datasets there are and whether they can be read, before anything is done. */
public final class RunPlanner {

    private final Settings settings;
    private final Databases databases;
    private final SettingOrigins origins;
    private final Clock clock;

    RunPlanner(Settings settings, Databases databases, SettingOrigins origins, Clock clock) {
        this.settings = settings;
        this.origins = origins;
        this.databases = databases;
        this.clock = clock;
    }

    /** The datasets that are configured, and those found in the built-in tables, by name. */
    public Map<String, DatasetSettings> datasets() {
        Map<String, DatasetSettings> found = new TreeMap<>(settings.datasets());
        for (String name : BuiltInTables.datasets(databases.result())) {
            found.computeIfAbsent(name, DatasetSettings::builtIn);
        }
        return found;
    }

    /**
     * What can be run, and what was found and cannot.
     *
     * @param runnable datasets with a run of their own, which fails where their queries cannot be read
     * @param failed outcomes of datasets without one: their names, found in the built-in tables, cannot be used
     */
    public record Plan(List<DatasetPlan> runnable, List<RunOutcome> failed) {}

    /**
     * Plans the runs of the named datasets, or of all.
     *
     * @throws InvalidSettingsException naming every unknown dataset
     * @throws SQLException if a database cannot be reached
     */
    public Plan plan(Set<String> names) throws SQLException {
        return new Connecting(settings::retry).call(() -> planned(names));
    }

    private Plan planned(Set<String> names) throws SQLException {
        List<String> problems = new ArrayList<>();
        List<DatasetPlan> runnable = new ArrayList<>();
        List<RunOutcome> failed = new ArrayList<>();
        List<DatasetSettings> chosen = choose(new TreeSet<>(names), problems);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        for (DatasetSettings dataset : chosen) {
            Optional<String> badName = DatasetName.problem(dataset.name());
            if (badName.isPresent()) {
                failed.add(failed(dataset.name(), "Its name in the built-in tables, " + badName.get()));
                continue;
            }
            runnable.add(plan(dataset));
        }
        return new Plan(runnable, failed);
    }

    private DatasetPlan plan(DatasetSettings dataset) throws SQLException {
        Outcome outcome = inspect(dataset);
        if (outcome instanceof Usable usable) {
            return new DatasetPlan(dataset, usable.columns(), usable.estimate(), List.of());
        }
        List<String> problems = ((Refused) outcome).problems();
        return new DatasetPlan(
                dataset,
                InputColumns.NONE,
                Optional.empty(),
                problems.stream().map(origins::locate).toList());
    }

    private static RunOutcome failed(String dataset, String sentence) {
        return new RunOutcome(
                dataset,
                Optional.empty(),
                new RunOutcome.Failed(new InputRefusedException(sentence)),
                Optional.empty(),
                List.of(),
                Duration.ZERO);
    }

    private List<DatasetSettings> choose(Set<String> names, List<String> problems) {
        Map<String, DatasetSettings> known =
                settings.datasets().keySet().containsAll(names) && !names.isEmpty() ? settings.datasets() : datasets();
        List<DatasetSettings> chosen = new ArrayList<>();
        for (String name : names.isEmpty() ? known.keySet() : names) {
            DatasetSettings dataset = known.get(name);
            if (dataset == null) {
                problems.add("There is no dataset '" + name + "'; known are "
                        + (known.isEmpty() ? "none" : String.join(", ", known.keySet())));
            } else {
                chosen.add(dataset);
            }
        }
        return chosen;
    }

    private Outcome inspect(DatasetSettings dataset) throws SQLException {
        return QueryInspection.inspect(
                databases.input(dataset, clock.instant()),
                dataset.name(),
                queries(dataset),
                !dataset.inputRules().classes().isEmpty());
    }

    private static InputQueries queries(DatasetSettings dataset) {
        return dataset.annotationsQuery() == null
                ? InputQueries.BUILT_IN
                : new InputQueries(dataset.annotationsQuery(), dataset.predictionsQuery());
    }
}
