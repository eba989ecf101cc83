package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.ClassFigures;
import dev.crowdlab.report.figures.ClassFigures.Cell;
import dev.crowdlab.report.figures.ClassFigures.MixUp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what is taken for what. */
final class ClassQueries {

    private static final String CONFIGURED = """
            select c.name
            from crowdlab.run r
            cross join pg_catalog.jsonb_array_elements_text(r.settings -> 'classes') with ordinality as c (name, place)
            where r.run_id = ?
            order by c.place""";

    private static final String USED = """
            select consensus_label collate "C" from crowdlab.annotator_confusion where run_id = :run
            union
            select given_label from crowdlab.annotator_confusion where run_id = :run
            order by 1""";

    private static final String CELLS = """
            select consensus_label, given_label, sum(num_annotations)
            from crowdlab.annotator_confusion
            where run_id = ?
            group by 1, 2""";

    private static final String MIX_UPS = """
            select given_label, consensus_label, labels, of_row
            from (
                select given_label, consensus_label, sum(num_annotations) as labels,
                    sum(sum(num_annotations)) over (partition by consensus_label) as of_row
                from crowdlab.annotator_confusion
                where run_id = ?
                group by consensus_label, given_label) c
            where given_label <> consensus_label
            order by labels desc, consensus_label, given_label
            limit ?""";

    private static final String SHARES = """
            select coalesce(sum(labels * labels) / nullif(max(total) ^ 2, 0), 'NaN')::double precision,
                coalesce(max(labels) / nullif(max(total), 0), 'NaN')::double precision, coalesce(max(total), 0)::bigint
            from (
                select sum(num_annotations)::numeric as labels, sum(sum(num_annotations)) over () as total
                from crowdlab.annotator_confusion
                where run_id = ?
                group by given_label) c""";

    private static final String OF_ANNOTATORS = """
            select annotator_id, consensus_label, given_label, num_annotations
            from (
                select annotator_id, consensus_label, given_label, num_annotations, pg_catalog.row_number() over (
                    partition by annotator_id order by num_annotations desc, consensus_label, given_label) as place
                from crowdlab.annotator_confusion
                where run_id = :run and annotator_id = any(:annotators::text[])) c
            where place <= :most
            order by annotator_id, place""";

    private final JdbcClient jdbc;
    private final long runId;

    ClassQueries(JdbcClient jdbc, long runId) {
        this.jdbc = jdbc;
        this.runId = runId;
    }

    /** How likely two labels given at random are the same, the greatest share of a class, and the number of labels. */
    Shares shares() {
        return jdbc.sql(SHARES)
                .param(runId)
                .query((row, number) -> new Shares(row.getDouble(1), row.getDouble(2), row.getLong(3)))
                .single();
    }

    record Shares(double chance, double largest, long labels) {}

    /** The classes of a run that has this many, with cells of these annotators. */
    ClassFigures read(long count, long labels, List<String> annotators) {
        List<MixUp> mixUps = jdbc.sql(MIX_UPS)
                .params(runId, ClassFigures.MAX_MIX_UPS)
                .query((row, number) -> new MixUp(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)))
                .list();
        if (count > ClassFigures.MAX_FOR_MATRIX || count < 2) {
            return new ClassFigures(count, List.of(), List.of(), mixUps, labels, ofAnnotators(annotators));
        }
        List<Cell> cells = jdbc.sql(CELLS)
                .param(runId)
                .query((row, number) -> new Cell(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
        List<String> shown = shown(classes(), cells);
        return new ClassFigures(
                count, shown, matrix(shown, count > shown.size(), cells), mixUps, labels, ofAnnotators(annotators));
    }

    /** As configured, or as they occur; none if neither is known. */
    List<String> classes() {
        List<String> configured = jdbc.sql(CONFIGURED)
                .param(runId)
                .query((row, number) -> row.getString(1))
                .list();
        return configured.isEmpty()
                ? jdbc.sql(USED)
                        .param("run", runId)
                        .query((row, number) -> row.getString(1))
                        .list()
                : configured;
    }

    /** All, or those in most mix-ups, in their order. */
    private static List<String> shown(List<String> classes, List<Cell> cells) {
        if (classes.size() <= ClassFigures.MAX_CLASSES) {
            return classes;
        }
        Map<String, Long> mixedUp = new LinkedHashMap<>();
        classes.forEach(name -> mixedUp.put(name, 0L));
        for (Cell cell : cells) {
            if (!cell.consensus().equals(cell.given())) {
                mixedUp.merge(cell.consensus(), cell.labels(), Long::sum);
                mixedUp.merge(cell.given(), cell.labels(), Long::sum);
            }
        }
        Set<String> most = new HashSet<>(classes.stream()
                .sorted(Comparator.comparing((String name) -> mixedUp.getOrDefault(name, 0L))
                        .reversed())
                .limit(ClassFigures.MAX_CLASSES)
                .toList());
        return classes.stream().filter(most::contains).toList();
    }

    private static List<List<Long>> matrix(List<String> shown, boolean hasOthers, List<Cell> cells) {
        int size = shown.size() + (hasOthers ? 1 : 0);
        long[][] sums = new long[size][size];
        for (Cell cell : cells) {
            sums[place(shown, cell.consensus())][place(shown, cell.given())] += cell.labels();
        }
        List<List<Long>> rows = new ArrayList<>();
        for (long[] sum : sums) {
            rows.add(Arrays.stream(sum).boxed().toList());
        }
        return List.copyOf(rows);
    }

    private static int place(List<String> shown, String name) {
        int place = shown.indexOf(name);
        return place < 0 ? shown.size() : place;
    }

    private Map<String, List<Cell>> ofAnnotators(List<String> annotators) {
        Map<String, List<Cell>> found = new LinkedHashMap<>();
        jdbc.sql(OF_ANNOTATORS)
                .param("run", runId)
                .param("annotators", annotators.toArray(String[]::new))
                .param("most", ClassFigures.MAX_CELLS)
                .query((row, number) -> found.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                        .add(new Cell(row.getString(2), row.getString(3), row.getLong(4))))
                .list();
        return found;
    }
}
