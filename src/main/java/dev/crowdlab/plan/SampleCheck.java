package dev.crowdlab.plan;

import dev.crowdlab.dataset.AnnotationRows;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.GoldRows;
import dev.crowdlab.dataset.PredictionRows;
import dev.crowdlab.dataset.rejection.InputKind;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.MissingPrediction;
import dev.crowdlab.dataset.rejection.RejectedRows;
import dev.crowdlab.dataset.rejection.RejectedRows.Count;
import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.input.AnnotationCopy;
import dev.crowdlab.input.LockWait;
import dev.crowdlab.input.SampleReader;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.postgres.SqlErrors;
import dev.crowdlab.settings.CheckedMetric;
import dev.crowdlab.settings.DatasetSetting;
import dev.crowdlab.settings.WrittenSettings;
import dev.crowdlab.settings.labelstudio.LabelStudioProject;
import dev.crowdlab.text.Plural;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a few rows of a dataset, and has them checked as a run would check all of them. */
final class SampleCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final String QUERY_CANCELED = "57014";

    private static final int NAMED_REASONS = 3;

    private final DatasetPlan plan;
    private final ConnectionFactory database;
    private final int rows;
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param rows how many rows of a query are read at most, at least 1 */
    SampleCheck(DatasetPlan plan, ConnectionFactory database, int rows) {
        this.plan = plan;
        this.database = database;
        this.rows = rows;
    }

    /** @throws SQLException if the database cannot be reached, or the session is lost */
    SampleResult result() throws SQLException {
        InputSample sample = read();
        if (problems.isEmpty() && notes.isEmpty()) {
            check(sample);
        }
        noteTimeZone();
        return new SampleResult(problems, notes, sample.annotationRows(), sample.predictionRows(), sample.goldRows());
    }

    /** Says how times without a zone are read, and whether a zone is of use. */
    private void noteTimeZone() {
        AnnotationCopy columns = plan.columns().annotations();
        String zone = plan.settings().inputRules().timeZone();
        String key = WrittenSettings.nameOf(plan.settings().name(), DatasetSetting.TIME_ZONE);
        if (zone == null) {
            columns.zonelessType()
                    .ifPresent(type -> notes.add(
                            setting(DatasetSetting.ANNOTATIONS_QUERY.name()) + "column annotated_at has type " + type
                                    + ", which has no time zone, and is read as UTC; set " + key
                                    + " to the zone of these times, or to UTC"));
        } else if (columns.zonelessType().isEmpty()) {
            notes.add(key + ": has no effect, since annotated_at "
                    + (columns.isTimed() ? "has a time zone of its own" : "is not returned by the annotations-query")
                    + "; remove it");
        }
    }

    /** Reads as much as can be read; what cannot be is a problem or a note. */
    private InputSample read() throws SQLException {
        InputSample sample = new InputSample(List.of(), List.of(), true, false, List.of());
        String query = DatasetSetting.ANNOTATIONS_QUERY.name();
        try (SampleReader reader = SampleReader.open(database, plan.columns(), rows, TIMEOUT)) {
            sample = new InputSample(reader.annotations(), List.of(), true, false, List.of());
            query = DatasetSetting.PREDICTIONS_QUERY.name();
            sample = withPredictions(sample, reader);
            query = DatasetSetting.GOLD_QUERY.name();
            return new InputSample(
                    sample.annotations(),
                    sample.predictions(),
                    sample.meets(),
                    sample.annotatorsPredicted(),
                    reader.gold());
        } catch (SQLException e) {
            if (SqlErrors.isSessionLost(e)) {
                throw e;
            }
            fail(query, e);
            return sample;
        }
    }

    /** Looks up the predictions of the annotated examples, since the first predictions may be those of others. */
    private InputSample withPredictions(InputSample sample, SampleReader reader) throws SQLException {
        if (plan.columns().predictions() == null) {
            return sample;
        }
        InputSample found =
                new InputSample(sample.annotations(), reader.predictions(sample.examples()), true, false, List.of());
        if (found.predictionRows() > 0) {
            return found;
        }
        boolean isAnnotatorFound = !reader.predictions(sample.annotators()).isEmpty();
        Set<String> others = reader.predictedExamples();
        return new InputSample(sample.annotations(), reader.predictions(others), false, isAnnotatorFound, List.of());
    }

    private void fail(String query, SQLException failure) {
        if (QUERY_CANCELED.equals(failure.getSQLState())) {
            notes.add(
                    setting(query) + "did not give the sample within " + TIMEOUT.toSeconds()
                            + " s, so the rows were not checked; the run has no such limit, and --sample 0 leaves the sample out");
        } else {
            problems.add(setting(query)
                    + LockWait.sentence(failure)
                            .orElseGet(() -> "failed while rows were read; "
                                    + SqlErrors.sentence(failure).orElse("")));
        }
    }

    private void check(InputSample sample) throws SQLException {
        if (sample.annotationRows() == 0) {
            notes.add(setting(DatasetSetting.ANNOTATIONS_QUERY.name()) + "returns no row yet");
        }
        boolean hasPredictions = plan.columns().predictions() != null;
        if (hasPredictions && sample.predictionRows() == 0 && plan.settings().isPredictionExpected()) {
            notes.add(setting(DatasetSetting.PREDICTIONS_QUERY.name()) + "returns no row");
        }
        AnnotationRows annotations = new AnnotationRows(rows);
        sample.annotations().forEach(annotations::add);
        PredictionRows predictions = new PredictionRows(rows);
        sample.predictions().forEach(predictions::add);
        GoldRows gold = sample.gold().isEmpty() ? GoldRows.none() : new GoldRows(rows);
        sample.gold().forEach(gold::add);
        try {
            Optional<String> questions =
                    sample.annotationRows() > 0 && sample.labels().isEmpty() ? otherQuestions() : Optional.empty();
            report(
                    sample,
                    questions,
                    Dataset.of(annotations, predictions, gold, rules()).rejected());
        } catch (UnusableInputException e) {
            problems.add(setting(DatasetSetting.ANNOTATIONS_QUERY.name()) + e.getMessage());
        }
    }

    /** Those of the dataset; a missing prediction is rejected, where a run would fail because of the first. */
    private InputRules rules() {
        InputRules rules = plan.settings().inputRules();
        return rules.missingPrediction() == MissingPrediction.FAIL
                ? new InputRules(
                        rules.classes(),
                        MissingPrediction.REJECT,
                        rules.duplicateAnnotation(),
                        rules.incompletePrediction())
                : rules;
    }

    /** What annotations of Label Studio answer; empty where it cannot be found out, which is no mistake. */
    private Optional<String> otherQuestions() throws SQLException {
        LabelStudioProject project = plan.settings().labelStudio();
        try {
            return project == null
                    ? Optional.empty()
                    : LabelStudioTables.otherQuestions(
                            database.with("statement_timeout", String.valueOf(TIMEOUT.toMillis())), project);
        } catch (SQLException e) {
            if (SqlErrors.isSessionLost(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private void report(InputSample sample, Optional<String> questions, RejectedRows rejected) {
        SampleHints hints = new SampleHints(plan, sample, rejected, questions);
        boolean areUsable =
                report(InputKind.PREDICTION, sample.predictionRows(), hints, counts(rejected, InputKind.PREDICTION));
        List<Count> ofAnnotations = counts(rejected, InputKind.ANNOTATION);
        if (!areUsable || !sample.meets()) { // a consequence of the one, and told as such of the other
            ofAnnotations.removeIf(count -> count.reason() == RejectionReason.NO_PREDICTION);
        }
        boolean isAnnotated = report(InputKind.ANNOTATION, sample.annotationRows(), hints, ofAnnotations);
        report(InputKind.GOLD, sample.goldRows(), hints, counts(rejected, InputKind.GOLD));
        boolean isSwapped = !isAnnotated && hints.swappedLabel().isPresent();
        if (!sample.meets() && sample.predictionRows() > 0 && sample.annotationRows() > 0 && !isSwapped) {
            (hints.areIdsAlike() ? notes : problems)
                    .add(setting(DatasetSetting.ANNOTATIONS_QUERY.name()) + hints.aboutIds());
        }
        hints.aboutNumbers().ifPresent(hint -> notes.add(setting(DatasetSetting.ANNOTATIONS_QUERY.name()) + hint));
    }

    /** The reasons of a source, most frequent first, without those that a few rows cannot show. */
    private static List<Count> counts(RejectedRows rejected, InputKind source) {
        return rejected.counts().stream()
                .filter(count -> count.source() == source
                        && count.reason() != RejectionReason.SUPERSEDED_ANNOTATION
                        && count.reason() != RejectionReason.ONLY_ABSTENTIONS
                        && count.reason() != RejectionReason.NOT_ANNOTATED)
                .sorted(Comparator.comparingLong(count -> -count.rowCount()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Tells what was rejected of a source; returns whether enough of its rows can be used. */
    private boolean report(InputKind source, long rowCount, SampleHints hints, List<Count> counts) {
        long rejected = counts.stream().mapToLong(Count::rowCount).sum();
        double accepted =
                plan.settings().checks().of(CheckedMetric.MAX_REJECTED_SHARE).fail();
        boolean isUsable =
                rejected == 0 || 2 * rejected < rowCount || (rejected < rowCount && rejected <= accepted * rowCount);
        if (rejected > 0) {
            String reasons = counts.stream()
                    .limit(NAMED_REASONS)
                    .map(count -> count.reason() + " " + count.rowCount() + hints.described(count))
                    .collect(Collectors.joining(", "));
            String hint =
                    hints.about(counts.get(0)).map(sentence -> "; " + sentence).orElse("");
            (isUsable ? notes : problems)
                    .add(setting(query(source)) + rejected + " of the first " + Plural.of(rowCount, "row", "rows")
                            + " would be rejected; " + reasons + hint);
        }
        return isUsable;
    }

    private static String query(InputKind source) {
        return source.name().toLowerCase(Locale.ROOT) + (source == InputKind.GOLD ? "-query" : "s-query");
    }

    /** The beginning of a sentence about a query, or about the built-in table in its place. */
    private String setting(String query) {
        String name = plan.settings().name();
        return plan.settings().isBuiltIn()
                ? "Dataset '" + name + "' in crowdlab." + query.replaceFirst("s?-query", "") + ": "
                : "crowdlab.datasets." + name + "." + query + ": ";
    }
}
