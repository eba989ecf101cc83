package dev.crowdlab.plan;

import dev.crowdlab.dataset.AnnotationBlock;
import dev.crowdlab.dataset.GoldBlock;
import dev.crowdlab.dataset.PredictionBlock;
import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.input.SampleReader;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A few rows of a dataset.
 *
 * @param annotations the first that came
 * @param predictions those of the annotated examples; if there are none, those of other examples
 * @param meets whether the predictions are those of the annotated examples
 * @param annotatorsPredicted whether annotators' ids, in place of examples' ids, are found among the predictions
 * @param gold the first that came
 */
record InputSample(
        List<AnnotationBlock> annotations,
        List<PredictionBlock> predictions,
        boolean meets,
        boolean annotatorsPredicted,
        List<GoldBlock> gold) {

    InputSample {
        annotations = List.copyOf(annotations);
        predictions = List.copyOf(predictions);
        gold = List.copyOf(gold);
    }

    long annotationRows() {
        return annotations.stream().mapToLong(AnnotationBlock::rowCount).sum();
    }

    long predictionRows() {
        return predictions.stream().mapToLong(PredictionBlock::rowCount).sum();
    }

    long goldRows() {
        return gold.stream().mapToLong(block -> block.exampleIds().size()).sum();
    }

    Set<String> examples() {
        return texts(annotations, AnnotationBlock::exampleIds);
    }

    Set<String> annotators() {
        return texts(annotations, AnnotationBlock::annotatorIds);
    }

    Set<String> labels() {
        return texts(annotations, AnnotationBlock::labels);
    }

    Set<String> predictedExamples() {
        return texts(predictions, PredictionBlock::exampleIds);
    }

    /** The different texts of a column, without null. */
    private static <B> Set<String> texts(Collection<B> blocks, Function<B, TextColumn> column) {
        Set<String> texts = new LinkedHashSet<>();
        blocks.forEach(block -> SampleReader.addAll(column.apply(block), texts));
        return texts;
    }
}
