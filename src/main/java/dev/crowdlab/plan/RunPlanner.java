package dev.crowdlab.plan;

import dev.crowdlab.input.BuiltInDatasets;
import dev.crowdlab.input.LockWait;
import dev.crowdlab.input.QueryInspection;
import dev.crowdlab.postgres.ConnectRetry;
import dev.crowdlab.run.RunHistory;
import dev.crowdlab.run.RunLedger;
import dev.crowdlab.settings.DatasetName;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.settings.Settings;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.dao.DataAccessException;

/** Finds out which datasets exist and whether they can be read. */
public final class RunPlanner {

    private final Settings settings;
    private final Databases databases;
    private final DatasetInspection inspection;
    private final Clock clock;

    public RunPlanner(Settings settings, Databases databases, DatasetInspection inspection, Clock clock) {
        this.settings = settings;
        this.databases = databases;
        this.inspection = inspection;
        this.clock = clock;
    }

    /** The datasets that are configured, and those found in the built-in tables, by name. */
    public Map<String, DatasetSettings> datasets() {
        Map<String, DatasetSettings> found = new TreeMap<>(settings.datasets());
        for (String name : BuiltInDatasets.datasets(databases.listing())) {
            found.computeIfAbsent(
                    name, unknown -> DatasetSettings.builtIn(unknown).withPeriods(settings.periods()));
        }
        return found;
    }

    /**
     * Something that cannot be run and gets no run of its own.
     *
     * @param dataset a dataset name that cannot be used, or a table whose datasets cannot be listed
     * @param sentence why
     */
    public record Unusable(String dataset, String sentence) {}

    /**
     * The datasets to run.
     *
     * @param datasets those that get a run of their own
     * @param unusable those without one
     * @param abandoned published runs of datasets that are neither configured nor found, regardless of what was
     *     requested; if there is anything to run, only of those that nobody has run for a while
     */
    public record Choice(List<DatasetSettings> datasets, List<Unusable> unusable, List<RunHistory.Line> abandoned) {

        /** Whether there is nothing to run. */
        public boolean isEmpty() {
            return datasets.isEmpty() && unusable.isEmpty();
        }
    }

    /**
     * The datasets to run after their queries were inspected.
     *
     * @param runnable datasets and how they are read, or why they cannot be
     * @param choice what they were chosen from
     */
    public record Plan(List<DatasetPlan> runnable, Choice choice) {}

    /** A dataset that is run every week has a run within this time. */
    private static final Duration UNATTENDED = Duration.ofDays(8);

    /** The message if there is nothing to run. */
    public static final String NO_DATASET =
            "There is no dataset: configure one under crowdlab.datasets (in application.yml of the directory from which the"
                    + " program is called), or put rows into crowdlab.annotation (the command load does)";

    /** The time by the clock of the result database's server. */
    public Instant now() throws SQLException {
        return new ConnectRetry(settings::retry).call(() -> new RunLedger(databases.result()).now());
    }

    /**
     * The published runs of datasets that are neither configured nor found, by dataset. No later run will replace them.
     */
    public List<RunHistory.Line> abandoned() {
        Map<String, RunHistory.Line> published = new TreeMap<>();
        for (RunHistory.Line run : new RunHistory(databases.result()).published()) {
            if (!settings.datasets().containsKey(run.dataset())) {
                published.put(run.dataset(), run);
            }
        }
        if (!published.isEmpty()) {
            published.keySet().removeAll(BuiltInDatasets.found(databases.result(), published.keySet()));
        }
        return List.copyOf(published.values());
    }

    /**
     * Chooses the named datasets, or all.
     *
     * @throws InvalidSettingsException naming every dataset that is unknown, or that only Spark can read
     * @throws SQLException if a database cannot be reached
     */
    public Choice choose(Set<String> names) throws SQLException {
        Choice choice = new ConnectRetry(settings::retry).call(() -> chosen(names));
        List<String> problems = choice.datasets().stream()
                .filter(dataset -> dataset.tables() != null)
                .map(DatasetInspection::forSparkAlone)
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return choice;
    }

    /**
     * Chooses datasets and inspects their queries.
     *
     * @throws InvalidSettingsException naming every unknown dataset
     * @throws SQLException if a database cannot be reached
     */
    public Plan plan(Set<String> names) throws SQLException {
        return new ConnectRetry(settings::retry).call(() -> {
            Choice choice = chosen(names);
            List<DatasetPlan> plans = new ArrayList<>();
            for (DatasetSettings dataset : choice.datasets()) {
                plans.add(inspection.plan(dataset, databases.input(dataset, clock.instant())));
            }
            return new Plan(plans, choice);
        });
    }

    /** Inspects the queries of the named datasets, or of all that have queries. Works without the built-in tables. */
    public List<DatasetPlan> planQueries(Set<String> names) throws SQLException {
        return new ConnectRetry(settings::retry).call(() -> {
            List<DatasetPlan> plans = new ArrayList<>();
            for (DatasetSettings dataset : settings.datasets().values()) {
                if (!dataset.isBuiltIn() && (names.isEmpty() || names.contains(dataset.name()))) {
                    plans.add(inspection.plan(dataset, databases.input(dataset, clock.instant())));
                }
            }
            return plans;
        });
    }

    /**
     * Reads a few rows of a dataset, and checks them as a run would.
     *
     * @param plan made for the dataset, without problems
     * @param rows how many rows of a query are read at most, at least 1
     * @throws SQLException if a database cannot be reached
     */
    public SampleResult sample(DatasetPlan plan, int rows) throws SQLException {
        SampleResult found = new ConnectRetry(settings::retry)
                .call(() -> new SampleCheck(plan, databases.input(plan.settings(), clock.instant()), rows).result());
        return new SampleResult(
                inspection.located(found.problems()),
                inspection.located(found.notes()),
                found.annotationRows(),
                found.predictionRows(),
                found.goldRows());
    }

    /** What is wrong with the query for the texts of a dataset's examples, which reports alone use. */
    public List<String> textProblems(DatasetSettings dataset) throws SQLException {
        String query = dataset.examples().textQuery();
        return query == null
                ? List.of()
                : inspection.located(new ConnectRetry(settings::retry)
                        .call(() -> QueryInspection.texts(
                                databases.input(dataset, clock.instant()), dataset.name(), query)));
    }

    private Choice chosen(Set<String> names) throws SQLException {
        List<String> problems = new ArrayList<>();
        List<DatasetSettings> usable = new ArrayList<>();
        List<Unusable> unusable = new ArrayList<>();
        List<DatasetSettings> named = choose(new TreeSet<>(names), problems, unusable);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        List<RunHistory.Line> abandoned = unusable.isEmpty() ? abandonedIfKnown() : List.of();
        for (DatasetSettings dataset : named) {
            Optional<String> badName = DatasetName.problem(dataset.name());
            if (badName.isPresent()) {
                unusable.add(new Unusable(dataset.name(), "Its name in the built-in tables, " + badName.get()));
            } else {
                usable.add(dataset);
            }
        }
        if (usable.stream().anyMatch(dataset -> dataset.annotationsQuery() != null)) {
            databases.source().reach(); // once, not again for each dataset
        }
        usable = withGold(usable, unusable);
        return new Choice(
                usable, unusable, usable.isEmpty() && unusable.isEmpty() ? abandoned : withoutThoseOfOthers(abandoned));
    }

    /** Returns all datasets. If the built-in tables are locked, returns the configured ones and adds a problem. */
    private Map<String, DatasetSettings> found(List<Unusable> unusable) {
        try {
            return datasets();
        } catch (DataAccessException e) {
            String sentence = LockWait.sentence(e.getMostSpecificCause()).orElseThrow(() -> e);
            unusable.add(new Unusable("crowdlab.annotation", "Its datasets are not known: the program " + sentence));
            return settings.datasets();
        }
    }

    /** Returns the abandoned runs; empty if the built-in tables are locked, since they may contain their rows. */
    private List<RunHistory.Line> abandonedIfKnown() {
        try {
            return abandoned();
        } catch (DataAccessException e) {
            if (LockWait.sentence(e.getMostSpecificCause()).isPresent()) {
                return List.of();
            }
            throw e;
        }
    }

    /** The message about a dataset that does not exist. */
    public static String unknown(String name, Set<String> known) {
        return "There is no dataset '" + name + "'; known names are "
                + (known.isEmpty() ? "none" : String.join(", ", known));
    }

    /** Lets datasets of the built-in tables use the gold and the kinds of annotators that are there. If that table is locked they cannot be run. */
    private List<DatasetSettings> withGold(List<DatasetSettings> datasets, List<Unusable> unusable) {
        List<String> builtIn = datasets.stream()
                .filter(DatasetSettings::isBuiltIn)
                .map(DatasetSettings::name)
                .toList();
        try {
            Set<String> found = Set.copyOf(BuiltInDatasets.withGold(databases.listing(), builtIn));
            Set<String> withKinds = Set.copyOf(BuiltInDatasets.withKinds(databases.listing(), builtIn));
            return datasets.stream()
                    .map(dataset -> found.contains(dataset.name()) ? dataset.withBuiltInGold() : dataset)
                    .map(dataset -> withKinds.contains(dataset.name()) ? dataset.withStatedMachines() : dataset)
                    .toList();
        } catch (DataAccessException e) {
            String sentence = LockWait.sentence(e.getMostSpecificCause()).orElseThrow(() -> e);
            builtIn.forEach(
                    name -> unusable.add(new Unusable(name, "What else it has is not known: the program " + sentence)));
            return datasets.stream().filter(dataset -> !dataset.isBuiltIn()).toList();
        }
    }

    /** Leaves out datasets that are run by a call with other settings, which need nobody's attention here. */
    private List<RunHistory.Line> withoutThoseOfOthers(List<RunHistory.Line> published) {
        Set<String> unattended = new RunHistory(databases.result())
                .unattended(published.stream().map(RunHistory.Line::dataset).toList(), UNATTENDED);
        return published.stream()
                .filter(run -> unattended.contains(run.dataset()))
                .toList();
    }

    private List<DatasetSettings> choose(Set<String> names, List<String> problems, List<Unusable> unusable) {
        Map<String, DatasetSettings> known = settings.datasets().keySet().containsAll(names) && !names.isEmpty()
                ? settings.datasets()
                : found(unusable);
        List<DatasetSettings> chosen = new ArrayList<>();
        for (String name : names.isEmpty() ? known.keySet() : names) {
            DatasetSettings dataset = known.get(name);
            if (dataset == null) {
                problems.add(unknown(name, known.keySet()));
            } else {
                chosen.add(dataset);
            }
        }
        return chosen;
    }
}
