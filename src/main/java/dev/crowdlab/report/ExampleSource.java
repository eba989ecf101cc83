package dev.crowdlab.report;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What can be shown of a dataset's examples besides their ids.
 *
 * @param link the address of an example's page, by its id; empty: it has none
 * @param setting the full name of the setting with the query for texts
 * @param query one statement that returns example_id and text; null: there are no texts
 * @param database connections that run it as of a moment; null: there is no query
 */
public record ExampleSource(
        UnaryOperator<String> link,
        String setting,
        @Nullable String query,
        @Nullable Function<Instant, ? extends DataSource> database) {

    /** Only ids are shown. */
    public static final ExampleSource NONE = new ExampleSource(id -> "", "", null, null);

    /** What runs the query as of the moment of a run, if there is one. */
    Optional<ExampleTexts> texts(Instant asOf) {
        return query == null || database == null
                ? Optional.empty()
                : Optional.of(new ExampleTexts(setting, query, database.apply(asOf)));
    }
}
