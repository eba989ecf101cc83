package dev.crowdlab.audit;

import dev.crowdlab.publication.PublicationRefusedException;
import dev.crowdlab.results.PartitionBodies;
import dev.crowdlab.results.ResultTableDefinitions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds objects in the catalog that can falsify what readers see of the recorded rows: row security, rules, triggers,
 * partitions of other runs, foreign functions, and functions and views that differ from the migrations.
 */
public final class CatalogCheck {

    private static final String ROW_SECURITY = "has row security switched on, so that not everybody sees all its rows";

    private static final Pattern CHECK = Pattern.compile("constraint (\\w+) check");

    private final DataSource dataSource;
    private final JdbcClient jdbc;

    /** Uses connections of any user. */
    public CatalogCheck(DataSource dataSource) {
        this.dataSource = dataSource;
        jdbc = JdbcClient.create(dataSource);
    }

    /**
     * The result of a check.
     *
     * @param differences differences from what the migrations created
     * @param hidesRows whether row security is enabled anywhere, so that rows cannot be verified
     * @param notCompared why views and checks were not compared with the migrations; empty if they were
     */
    public record Outcome(List<IntegrityViolation> differences, boolean hidesRows, Optional<String> notCompared) {

        /** Lists are copied. */
        public Outcome {
            differences = List.copyOf(differences);
        }
    }

    /** Runs all checks. Temporary objects are rolled back. */
    public Outcome look() throws SQLException {
        ShippedObjects shipped = ShippedObjects.read();
        List<IntegrityViolation> differences = new ArrayList<>(foreign(jdbc, false));
        boolean hidesRows = differences.stream().anyMatch(found -> found.fault().equals(ROW_SECURITY));
        differences.addAll(jdbc.sql(CatalogQueries.BOUNDS)
                .query((row, number) -> IntegrityViolation.ofCatalog(row.getString(1), row.getString(2)))
                .list());
        differences.addAll(triggers(shipped));
        differences.addAll(functions(shipped));
        CatalogComparison comparison = new CatalogComparison(dataSource);
        Optional<String> obstacle = comparison.obstacle();
        if (obstacle.isEmpty()) {
            differences.addAll(comparison.views(shipped.views()));
            differences.addAll(comparison.checks());
        }
        return new Outcome(differences, hidesRows, obstacle);
    }

    /**
     * Refuses to write to the partitioned tables, which belong to all members of one role, if a member has attached
     * anything to them that would run foreign code.
     *
     * @throws PublicationRefusedException naming the object
     */
    public static void requireOwnTables(DataSource dataSource) {
        foreign(JdbcClient.create(dataSource), true).stream().findFirst().ifPresent(found -> {
            throw new PublicationRefusedException(found.table() + " " + found.fault()
                    + "; nothing is published until it is removed. The command verify lists all such objects");
        });
    }

    private static List<IntegrityViolation> foreign(JdbcClient jdbc, boolean onlyParents) {
        String[] checks = ResultTableDefinitions.PARTITIONED.stream()
                .map(PartitionBodies::of)
                .flatMap(body -> CHECK.matcher(body).results())
                .map(name -> name.group(1))
                .toArray(String[]::new);
        return jdbc.sql(CatalogQueries.FOREIGN)
                .param("partitioned", ResultTableDefinitions.partitionedNames())
                .param("onlyParents", onlyParents)
                .param("rowSecurity", ROW_SECURITY)
                .param("checks", checks)
                .query((row, number) -> IntegrityViolation.ofCatalog(row.getString(1), row.getString(2)))
                .list();
    }

    private record Trigger(
            String relation, String name, boolean isInternal, boolean isSwitchedOff, String definition) {}

    private List<IntegrityViolation> triggers(ShippedObjects shipped) {
        List<IntegrityViolation> differences = new ArrayList<>();
        Map<String, String> missing = new TreeMap<>(shipped.triggers());
        for (Trigger trigger : jdbc.sql(CatalogQueries.TRIGGERS)
                .query((row, number) -> new Trigger(
                        row.getString("relation"),
                        row.getString("name"),
                        row.getBoolean("is_internal"),
                        row.getBoolean("is_switched_off"),
                        ShippedObjects.normalized(row.getString("definition"))))
                .list()) {
            String expected = missing.remove(trigger.relation() + " " + trigger.name());
            fault(trigger, expected)
                    .ifPresent(fault -> differences.add(IntegrityViolation.ofCatalog(
                            "Table " + trigger.relation(), "has the trigger " + trigger.name() + ", which " + fault)));
        }
        missing.keySet().forEach(name -> {
            String[] words = name.split(" ", 2);
            differences.add(IntegrityViolation.ofCatalog("Table " + words[0], "lacks the trigger " + words[1]));
        });
        return differences;
    }

    private static Optional<String> fault(Trigger trigger, @Nullable String expected) {
        if (trigger.isSwitchedOff()) {
            return Optional.of("is switched off, or not for every session on");
        }
        if (trigger.isInternal() || trigger.definition().equals(expected)) {
            return Optional.empty();
        }
        return Optional.of(expected == null ? "no migration made" : "is not as the migrations made it");
    }

    private List<IntegrityViolation> functions(ShippedObjects shipped) {
        Map<String, String> found = new TreeMap<>();
        jdbc.sql(CatalogQueries.FUNCTIONS)
                .query((row, number) -> found.merge(row.getString(1), row.getString(2), (one, other) -> one + other))
                .list();
        List<IntegrityViolation> differences = new ArrayList<>();
        new TreeMap<>(shipped.functions()).forEach((name, body) -> {
            if (!body.equals(found.get(name))) {
                differences.add(IntegrityViolation.ofCatalog("Function " + name, "is not as the migrations made it"));
            }
        });
        return differences;
    }
}
