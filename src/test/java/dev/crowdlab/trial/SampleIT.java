package dev.crowdlab.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.dataset.AnnotationRows;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.GoldRows;
import dev.crowdlab.dataset.InputCounts;
import dev.crowdlab.dataset.PredictionRows;
import dev.crowdlab.dataset.rejection.DuplicateAnnotation;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.MissingPrediction;
import dev.crowdlab.dataset.rejection.RejectedRow;
import dev.crowdlab.dataset.rejection.RejectedRows;
import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.input.AnnotationReader;
import dev.crowdlab.input.BlockReader;
import dev.crowdlab.input.CopyStatements;
import dev.crowdlab.input.InputQueries;
import dev.crowdlab.input.PredictionReader;
import dev.crowdlab.input.QueryInspection;
import dev.crowdlab.input.QueryInspection.Usable;
import dev.crowdlab.input.Snapshot;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.testing.TestDatabase;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class SampleIT {

    private static final int BLOCK_ROWS = 1_000;
    private static final LocalDate DAY = LocalDate.of(2026, 4, 8);

    private final TestDatabase database = TestDatabase.create();

    @BeforeEach
    void createTables() {
        Flyway.configure()
                .dataSource(database.dataSource())
                .defaultSchema("crowdlab")
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void isWantedOnlyWhereNobodyAnnotated() throws SQLException {
        assertThat(Sample.isWanted(database.dataSource())).isTrue();
        new Sample().load(database.dataSource());
        assertThat(Sample.isWanted(database.dataSource())).isFalse();
    }

    @Test
    void fillsTheInputTables() throws SQLException {
        new Sample().load(database.dataSource());
        assertThat(database.column("select string_agg(distinct dataset, ',') from crowdlab.annotation")
                        .get(0))
                .isEqualTo("support-tickets");
        assertThat(database.column("select string_agg(distinct dataset || ' ' || model, ',') from crowdlab.prediction")
                        .get(0))
                .isEqualTo("support-tickets default");
        assertThat(database.column("select count(*) from crowdlab.annotation").get(0))
                .isEqualTo(Integer.toString(new SampleTickets(DAY).annotations().size()));
        assertThat(database.column("select count(*) from crowdlab.prediction").get(0))
                .isEqualTo(Integer.toString(new SampleTickets(DAY).predictions().size()));
        assertThat(database.column("select count(*) from crowdlab.annotation where annotator_id is null")
                        .get(0))
                .isEqualTo("1");
        assertThat(database.column("select count(*) from crowdlab.annotation where label is null")
                        .get(0))
                .isEqualTo("1");
        assertThat(database.column("select count(*) from crowdlab.prediction where probability = 'NaN'")
                        .get(0))
                .isEqualTo("1");
        assertThat(database.column("select max(octet_length(label)) > 250 from crowdlab.annotation")
                        .get(0))
                .isEqualTo("t");
    }

    @Test
    void isLoadedWholeOrNotAtAll() throws SQLException {
        database.execute("alter table crowdlab.prediction add check (probability < 2)"); // NaN is greater
        assertThatThrownBy(() -> new Sample().load(database.dataSource())).isInstanceOf(DataAccessException.class);
        assertThat(Sample.isWanted(database.dataSource())).isTrue();
    }

    @Test
    void showsEveryReasonForWhichARunRefusesARow() throws Exception {
        new Sample().load(database.dataSource());
        Dataset dataset = read();
        Set<RejectionReason> reasons = EnumSet.complementOf(EnumSet.of(
                RejectionReason.UNKNOWN_KIND,
                RejectionReason.CONFLICTING_KIND,
                RejectionReason.UNKNOWN_LABEL,
                RejectionReason.ONLY_ABSTENTIONS,
                RejectionReason.CONFLICTING_GOLD,
                RejectionReason.NOT_ANNOTATED));
        assertThat(dataset.rejected().rows().stream().map(RejectedRow::reason))
                .containsOnlyOnceElementsOf(
                        Set.of(RejectionReason.MISSING_ID, RejectionReason.MISSING_LABEL, RejectionReason.TOO_LONG))
                .containsAll(reasons)
                .isSubsetOf(reasons);
        InputCounts counts = dataset.counts();
        assertThat(dataset.rejected().count()).isLessThan((counts.annotationRows() + counts.predictionRows()) / 100);
        assertThat(counts.collapsed()).isEqualTo(1);
        assertThat(counts.unlabeled()).isEqualTo(56);
        assertThat(dataset.examples().size()).isEqualTo(739);
        assertThat(dataset.annotators().size()).isEqualTo(14);
        assertThat(dataset.classes().size()).isEqualTo(6);
    }

    private Dataset read() throws Exception {
        ConnectionFactory sessions = ConnectionFactory.of(database.url(), database.user(), database.password())
                .with("crowdlab.dataset", Sample.DATASET);
        CopyStatements columns =
                ((Usable) QueryInspection.inspect(sessions, Sample.DATASET, InputQueries.BUILT_IN, false)).columns();
        AnnotationRows annotations = new AnnotationRows(RejectedRows.DEFAULT_KEPT);
        PredictionRows predictions = new PredictionRows(RejectedRows.DEFAULT_KEPT);
        try (Snapshot snapshot = Snapshot.take(sessions)) {
            forEach(snapshot, new AnnotationReader(columns.annotations(), BLOCK_ROWS), annotations::add);
            forEach(snapshot, new PredictionReader(columns.predictions(), BLOCK_ROWS), predictions::add);
        }
        return Dataset.of(
                annotations,
                predictions,
                GoldRows.none(),
                new InputRules(List.of(), MissingPrediction.REJECT, DuplicateAnnotation.LATEST));
    }

    private static <B> void forEach(Snapshot snapshot, BlockReader<B> reader, Consumer<B> taker) throws SQLException {
        try (reader) {
            reader.open(snapshot);
            for (B block = reader.read(); block != null; block = reader.read()) {
                taker.accept(block);
            }
        }
    }
}
