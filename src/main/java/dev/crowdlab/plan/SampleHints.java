package dev.crowdlab.plan;

import dev.crowdlab.dataset.PredictionBlock;
import dev.crowdlab.dataset.rejection.RejectedRows;
import dev.crowdlab.dataset.rejection.RejectedRows.Count;
import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.input.PredictionCopy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Suggests which mistake in a query makes its rows unusable. */
final class SampleHints {

    /** A tenth more than all of it, since rounded percentages may exceed it. */
    private static final double MOST_PERCENT = 110;

    /** With more different labels and no classes, the column probably holds something else. */
    private static final int MANY_LABELS = 50;

    /** Examples have several annotators each; more of these than so many times the examples are rather examples. */
    private static final int MANY_ANNOTATORS = 5;

    private static final int FEW_EXAMPLES = 20;

    private final DatasetPlan plan;
    private final InputSample sample;
    private final RejectedRows rejected;
    private final Optional<String> otherQuestions;

    /** @param otherQuestions what is answered in a labeling tool in place of the configured question */
    SampleHints(DatasetPlan plan, InputSample sample, RejectedRows rejected, Optional<String> otherQuestions) {
        this.plan = plan;
        this.sample = sample;
        this.rejected = rejected;
        this.otherQuestions = otherQuestions;
    }

    /** One of the rejected rows, in parentheses. */
    String described(Count count) {
        return rejected.described(count.source(), count.reason())
                .map(detail -> " (" + detail + ")")
                .orElse("");
    }

    /** What is probably wrong where most rows are rejected for this reason. */
    Optional<String> about(Count count) {
        return switch (count.source()) {
            case PREDICTION -> aboutPredictions(count.reason());
            case ANNOTATION ->
                count.reason() == RejectionReason.UNKNOWN_LABEL
                        ? swappedLabel()
                        : count.reason() == RejectionReason.MISSING_LABEL ? otherQuestions : Optional.empty();
            case GOLD -> Optional.empty();
        };
    }

    /** That the column with the labels is another one; empty if it is not. */
    Optional<String> swappedLabel() {
        Set<String> classes = Set.copyOf(plan.settings().inputRules().classes());
        if (areMostly(sample.annotators(), classes)) {
            return Optional.of("annotator_id holds classes, so label and annotator_id are probably swapped");
        }
        return areMostly(sample.examples(), classes)
                ? Optional.of("example_id holds classes, so label and example_id are probably swapped")
                : Optional.empty();
    }

    private static boolean areMostly(Set<String> texts, Set<String> classes) {
        return 2 * texts.stream().filter(classes::contains).count() > texts.size();
    }

    private Optional<String> aboutPredictions(RejectionReason reason) {
        return switch (reason) {
            case BAD_PROBABILITY, PROBABILITY_SUM -> aboutRange();
            case INCOMPLETE_PREDICTION ->
                plan.columns().isArray() || hasSeveralRows()
                        ? Optional.empty()
                        : Optional.of(
                                "if the model gives its best class alone, set on-incomplete-prediction: spread, which"
                                        + " divides what is missing to 1 among the others");
            case DUPLICATE_PREDICTION ->
                isModelNamed()
                        ? Optional.empty()
                        : Optional.of(
                                "if these are predictions of several models, let the query return a column model");
            default -> Optional.empty();
        };
    }

    private boolean isModelNamed() {
        PredictionCopy predictions = plan.columns().predictions();
        return predictions != null && predictions.model() != null;
    }

    /** Whether examples have more than one row each, for all models. */
    private boolean hasSeveralRows() {
        long models = sample.predictions().stream()
                .flatMap(block -> IntStream.range(0, block.models().size()).mapToObj(block.models()::text))
                .distinct()
                .count();
        return sample.predictionRows() > sample.predictedExamples().size() * Math.max(1, models);
    }

    private Optional<String> aboutRange() {
        double[] values = sample.predictions().stream()
                .map(PredictionBlock::probabilities)
                .flatMapToDouble(column -> DoubleStream.of(column.toDoubleArray()))
                .filter(Double::isFinite)
                .toArray();
        double least = DoubleStream.of(values).min().orElse(0);
        double most = DoubleStream.of(values).max().orElse(1);
        if (least < 0) {
            return Optional.of("values below 0, such as " + least
                    + ", are scores before the softmax; let the query return probabilities, which sum to 1");
        }
        if (most > 1) {
            return Optional.of(
                    most <= MOST_PERCENT
                            ? "values up to " + most + " are probably percentages; divide them by 100"
                            : "values up to " + most
                                    + " are no probabilities; let the query return those, which sum to 1");
        }
        return Optional.of(
                "scores that a model gives to each class by itself are no probabilities; let the query divide"
                        + " them by their sum");
    }

    /** Whether ids of the two sides consist of the same kinds of characters, so that others may well be equal. */
    boolean areIdsAlike() {
        if (sample.annotatorsPredicted()) {
            return false;
        }
        Set<String> kinds = kinds(sample.examples());
        return kinds(sample.predictedExamples()).stream().anyMatch(kinds::contains);
    }

    private static Set<String> kinds(Set<String> ids) {
        return ids.stream().map(SampleHints::kind).collect(Collectors.toSet());
    }

    private static String kind(String id) {
        Set<String> kinds = new TreeSet<>();
        id.codePoints()
                .mapToObj(character -> Character.isDigit(character)
                        ? "0"
                        : Character.isLetter(character) ? "a" : Character.toString(character))
                .forEach(kinds::add);
        return kinds.toString();
    }

    /** That no annotated example of the sample has a prediction. */
    String aboutIds() {
        String annotated = sample.examples().stream().findFirst().orElse("");
        String predicted = sample.predictedExamples().stream().findFirst().orElse("");
        return "none of its first " + sample.examples().size() + " examples, such as '" + annotated
                + "', is among the predictions, which have examples such as '" + predicted + "'"
                + (sample.annotatorsPredicted()
                        ? "; annotators are, so example_id and annotator_id are probably swapped"
                        : areIdsAlike()
                                ? "; check whether both queries mean the same ids"
                                : "; let both queries return the same ids");
    }

    /** That the numbers of different ids and labels are unusual. */
    Optional<String> aboutNumbers() {
        int examples = sample.examples().size();
        int annotators = sample.annotators().size();
        int labels = sample.labels().size();
        if (examples > 0 && examples <= FEW_EXAMPLES && annotators >= MANY_ANNOTATORS * examples) {
            return Optional.of("its first " + sample.annotationRows() + " rows have " + examples + " examples and "
                    + annotators + " annotators; check whether example_id and annotator_id are swapped");
        }
        List<String> classes = plan.settings().inputRules().classes();
        return classes.isEmpty() && labels > MANY_LABELS && labels * 4L > sample.annotationRows()
                ? Optional.of(
                        "its first " + sample.annotationRows() + " rows have " + labels
                                + " different labels; check whether the column label holds something else, and list the classes")
                : Optional.empty();
    }
}
