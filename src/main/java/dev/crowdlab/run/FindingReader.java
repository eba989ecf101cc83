package dev.crowdlab.run;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.finding.Wording.Kind;
import dev.crowdlab.finding.Wording.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the findings about a run. */
public final class FindingReader {

    private static final String FINDINGS = """
            select c.code, c.severity, c.message, c.observed, c.threshold, c.rank, c.wording is not null as has_parts,
                array(
                    select k.key from jsonb_array_elements(c.wording) with ordinality p (part, place)
                    cross join lateral jsonb_each_text(p.part) k order by p.place) as kinds,
                array(
                    select k.value from jsonb_array_elements(c.wording) with ordinality p (part, place)
                    cross join lateral jsonb_each_text(p.part) k order by p.place) as texts
            from crowdlab.run_check c
            where c.run_id = ?""";

    private final JdbcClient jdbc;

    public FindingReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the findings, the worst first, then in the order in which they matter. */
    public List<Finding> read(long runId) {
        return Finding.byImportance(
                jdbc.sql(FINDINGS).param(runId).query(FindingReader::finding).list());
    }

    private static Finding finding(ResultSet row, int number) throws SQLException {
        String code = row.getString("code");
        Long rank = row.getObject("rank", Long.class);
        return new Finding(
                code,
                Severity.valueOf(row.getString("severity")),
                row.getBoolean("has_parts") ? wording(row) : Wording.ofEarlierVersion(row.getString("message")),
                orNaN(row.getObject("observed", Double.class)),
                orNaN(row.getObject("threshold", Double.class)),
                rank != null
                        ? rank
                        : FindingCode.named(code).map(FindingCode::rank).orElse(Long.MAX_VALUE));
    }

    private static Wording wording(ResultSet row) throws SQLException {
        String[] kinds = (String[]) row.getArray("kinds").getArray();
        String[] texts = (String[]) row.getArray("texts").getArray();
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < kinds.length; i++) {
            parts.add(new Part(kind(kinds[i]), texts[i]));
        }
        return new Wording(parts);
    }

    /** A kind that only later versions know may name somebody. */
    private static Kind kind(String name) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElse(Kind.WHOLE);
    }

    private static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
