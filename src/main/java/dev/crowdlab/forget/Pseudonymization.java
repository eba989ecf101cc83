package dev.crowdlab.forget;

import dev.crowdlab.audit.AuditReader;
import dev.crowdlab.audit.AuditedRun;
import dev.crowdlab.audit.ForgetRecords;
import dev.crowdlab.audit.ForgetRecords.Replacement;
import dev.crowdlab.audit.ForgetRecords.Replacements;
import dev.crowdlab.forget.IdSearch.Text;
import dev.crowdlab.postgres.TableDoor.Use;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.RecordedTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.results.copy.TableDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The work of one transaction: replaces an id, dataset by dataset, and records the digests before and after. Tables
 * that someone else had changed earlier get no new digest, so that verify keeps reporting them.
 */
final class Pseudonymization {

    private static final String WHOLE_WITH_STATISTICS = """
            select distinct 'crowdlab.' || tablename
            from pg_stats
            where schemaname = 'crowdlab' and tablename = any(:partitioned) and tablename = any(:changed)""";

    private final SingleConnectionDataSource session;
    private final JdbcClient jdbc;
    private final AuditReader records;
    private final Replacements former;
    private final Subject subject;
    private final String pseudonym;
    private final List<TextPlace> elsewhere;
    private final IdSearch search;
    private final RunTableWriter runTables;
    private final Mentions mentions;
    private final Map<String, Long> rows = new TreeMap<>();
    private final List<Replacement> replacements = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private final Set<String> changedRelations = new TreeSet<>();

    Pseudonymization(SingleConnectionDataSource session, Subject subject, String pseudonym, List<TextPlace> elsewhere) {
        this.session = session;
        this.subject = subject;
        this.pseudonym = pseudonym;
        this.elsewhere = elsewhere;
        jdbc = JdbcClient.create(session);
        records = new AuditReader(session);
        former = new ForgetRecords(session).replacements();
        search = new IdSearch(session, subject, elsewhere);
        runTables = new RunTableWriter(session);
        mentions = new Mentions(subject.id(), pseudonym);
    }

    String pseudonym() {
        return pseudonym;
    }

    /** Number of changed rows, by table. */
    Map<String, Long> rows() {
        return rows;
    }

    List<Replacement> replacements() {
        return replacements;
    }

    List<String> doubts() {
        return doubts;
    }

    /** Replaces the id in all rows and texts of a dataset. */
    void replaceIn(String dataset) {
        Map<Long, AuditedRun> runs =
                records.runs(dataset).stream().collect(Collectors.toMap(AuditedRun::runId, Function.identity()));
        for (ResultTableDefinition definition : ResultTableDefinitions.PARTITIONED) {
            for (long runId : search.runs(definition, dataset)) {
                runTables.open(Use.CHANGE, definition, runId);
                replaceRows(definition, runId, Optional.ofNullable(runs.get(runId)), List.of());
            }
        }
        for (ResultTableDefinition definition : ResultTableDefinitions.SHARED) {
            Map<Long, List<Text>> texts = texts(definition, dataset);
            SortedSet<Long> runIds = new TreeSet<>(search.runs(definition, dataset));
            runIds.addAll(texts.keySet());
            for (long runId : runIds) {
                replaceRows(
                        definition, runId, Optional.ofNullable(runs.get(runId)), texts.getOrDefault(runId, List.of()));
            }
        }
        replaceSettings(dataset, runs);
        elsewhere.forEach(place -> replaceTexts(search.texts(place, dataset)));
        search.inputTables()
                .forEach(table -> count(
                        table,
                        "crowdlab." + table,
                        jdbc.sql("update crowdlab." + table + " set " + column() + " = ? where dataset = ? and "
                                        + column() + " = ?")
                                .params(pseudonym, dataset, subject.id())
                                .update()));
    }

    /**
     * Takes the samples of the planner's statistics again, which show ids; also those of a whole table, which only
     * somebody's ANALYZE takes.
     */
    void renewStatistics() {
        Set<String> relations = new TreeSet<>(changedRelations);
        jdbc.sql(WHOLE_WITH_STATISTICS)
                .param("partitioned", ResultTableDefinitions.partitionedNames())
                .param("changed", rows.keySet().toArray(String[]::new))
                .query((row, number) -> row.getString(1))
                .list()
                .forEach(relations::add);
        relations.forEach(relation -> jdbc.sql("analyze " + relation).update());
    }

    private String column() {
        return subject.kind().column();
    }

    private Map<Long, List<Text>> texts(ResultTableDefinition definition, String dataset) {
        return byRun(Stream.of(IdSearch.RUN_CHECK, IdSearch.RUN_CHECK_PARTS, IdSearch.REJECTED_ROW)
                .filter(place -> place.table().equals(definition.name()))
                .flatMap(place -> search.texts(place, dataset).stream())
                .toList());
    }

    private static Map<Long, List<Text>> byRun(List<Text> texts) {
        return texts.stream().collect(Collectors.groupingBy(Text::id));
    }

    private void replaceRows(ResultTableDefinition definition, long runId, Optional<AuditedRun> run, List<Text> texts) {
        Optional<RecordedTable> recorded = run.filter(AuditedRun::isClosed).stream()
                .flatMap(closed -> closed.tables().stream())
                .filter(table -> table.name().equals(definition.name()) && !table.isRemoved())
                .findFirst();
        Optional<String> before = recorded.map(table -> digest(definition, table, runId));
        for (String column : subject.kind().columns(definition)) {
            count(
                    definition.name(),
                    definition.target(runId),
                    jdbc.sql("update " + definition.target(runId) + " set " + column + " = ? where run_id = ? and "
                                    + column + " = ?")
                            .params(pseudonym, runId, subject.id())
                            .update());
        }
        replaceTexts(texts);
        recorded.ifPresent(table ->
                note(runId, table.name(), table.digest(), before.orElseThrow(), digest(definition, table, runId)));
    }

    private void replaceSettings(String dataset, Map<Long, AuditedRun> runs) {
        search.longerStrings(dataset)
                .forEach(text -> doubts.add("Run " + text.id() + ": its recorded setting " + text.part()
                        + " has the id within a longer string, which was left as it is, because replacing a part of it"
                        + " could change what the query means."));
        byRun(search.texts(IdSearch.SETTINGS, dataset)).forEach((runId, texts) -> {
            String before = records.expectedHash(runId);
            replaceTexts(texts);
            Optional.ofNullable(runs.get(runId))
                    .flatMap(AuditedRun::hash)
                    .ifPresent(hash -> note(runId, "run", hash, before, records.expectedHash(runId)));
        });
    }

    private void replaceTexts(List<Text> found) {
        for (Text text : found) {
            int changed = jdbc.sql(text.place().update())
                    .param("id", text.id())
                    .param("part", text.part())
                    .param("text", mentions.replaceIn(text.place(), text.text()))
                    .update();
            String table = text.place().table();
            // what a part mentions, the sentence of the same row does, too
            count(table, "crowdlab." + table, text.place().equals(IdSearch.RUN_CHECK_PARTS) ? 0 : changed);
        }
    }

    private void note(long runId, String table, String recorded, String before, String after) {
        if (former.current(runId, table, recorded).equals(Optional.of(before))) {
            replacements.add(new Replacement(runId, table, before, after));
        } else {
            doubts.add(
                    "Run " + runId + ": table " + table + " had already been changed, so verify keeps reporting it.");
        }
    }

    private void count(String table, String relation, long changed) {
        if (changed > 0) {
            rows.merge(table, changed, Long::sum);
            changedRelations.add(relation);
        }
    }

    private String digest(ResultTableDefinition definition, RecordedTable recorded, long runId) {
        try {
            Connection connection = session.getConnection();
            return TableDigest.of(connection, definition, recorded.columns(), definition.target(runId), runId)
                    .digest();
        } catch (SQLException e) {
            throw new UncategorizedSQLException("reading a table again", null, e);
        }
    }
}
