package dev.crowdlab.catalog;

import dev.crowdlab.audit.IntegrityViolation;
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
 * Finds what stands between the rows that runs recorded and those who read them: row security, rules, triggers, partitions of other
 * runs, functions of strangers, functions and views that no migration made so.
 */
public final class CatalogCheck {

    private static final String ROW_SECURITY = "has row security switched on, so that not everybody sees all its rows";

    private static final Pattern CHECK = Pattern.compile("constraint (\\w+) check");

    private final DataSource sessions;
    private final JdbcClient jdbc;

    /** The catalog of the database that the sessions lead to, which may belong to anybody. */
    public CatalogCheck(DataSource sessions) {
        this.sessions = sessions;
        jdbc = JdbcClient.create(sessions);
    }

    /**
     * What was found.
     *
     * @param differences what is not as the migrations made it
     * @param hidesRows whether row security is on anywhere, so that rows cannot be verified
     * @param notCompared why views and checks were not compared with what the migrations say; empty: they were
     */
    public record Outcome(List<IntegrityViolation> differences, boolean hidesRows, Optional<String> notCompared) {

        /** Copies. */
        public Outcome {
            differences = List.copyOf(differences);
        }
    }

    /** Looks at everything; nothing is left in the database. */
    public Outcome look() throws SQLException {
        ShippedObjects shipped = ShippedObjects.read();
        List<IntegrityViolation> differences = new ArrayList<>(foreign(jdbc, false));
        boolean hidesRows = differences.stream().anyMatch(found -> found.fault().equals(ROW_SECURITY));
        differences.addAll(jdbc.sql(CatalogQueries.BOUNDS)
                .query((row, number) -> IntegrityViolation.ofCatalog(row.getString(1), row.getString(2)))
                .list());
        differences.addAll(triggers(shipped));
        differences.addAll(functions(shipped));
        CatalogComparison comparison = new CatalogComparison(sessions);
        Optional<String> obstacle = comparison.obstacle();
        if (obstacle.isEmpty()) {
            differences.addAll(comparison.views(shipped.views()));
            differences.addAll(comparison.checks());
        }
        return new Outcome(differences, hidesRows, obstacle);
    }

    /**
     * Refuses to write to the partitioned tables, which belong to all members of one role, if one of them has put something into
     * them that would be called by others.
     *
     * @throws PublicationRefusedException naming it
     */
    public static void requireOwnTables(DataSource sessions) {
        foreign(JdbcClient.create(sessions), true).stream().findFirst().ifPresent(found -> {
            throw new PublicationRefusedException(
                    found.table() + " " + found.fault()
                            + "; nothing is published until it is removed. The command verify names all that there is of the kind");
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
