package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.dataset.id.Murmur3;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.RejectedRows;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.share.GoldSample;
import java.io.Serializable;
import java.util.BitSet;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The immutable input of one analysis: external ids by dense index, labels and probabilities in the form that the
 * engine takes, and the rejected rows. It depends on the rows but not on the order in which they arrived.
 *
 * @param examples ids of the examples with an accepted annotation, in code-point order
 * @param annotators ids of the annotators with an accepted annotation, in code-point order
 * @param kinds what the input says of annotators
 * @param classes the labels, in the order of the classes
 * @param models names of the models, in code-point order; empty if the dataset has no predictions
 * @param annotations who gave which label
 * @param times when these labels were given
 * @param habits how the annotators answer beside these labels
 * @param predictions [examples × classes] for each model
 * @param unlabeled examples with predictions but without annotations
 * @param gold which labels are known to be right
 * @param rejected the rejected rows
 * @param counts numbers of rows by outcome
 * @param modelCounts numbers of predictions by model and outcome
 */
// more components: one for each part of the input, assembled in one place
public record Dataset(
        IdList examples,
        IdList annotators,
        AnnotatorKinds kinds,
        IdList classes,
        IdList models,
        Annotations annotations,
        AnnotationTimes times,
        AnnotatorHabits habits,
        Predictions predictions,
        UnlabeledPool unlabeled,
        GoldLabels gold,
        RejectedRows rejected,
        InputCounts counts,
        ModelCounts modelCounts)
        implements Serializable {

    /**
     * Builds the dataset from all rows. The rows are consumed, since they would not fit into memory next to the
     * dataset: afterwards only their number and digest are left.
     *
     * @param annotations consumed
     * @param predictions consumed
     * @param gold consumed
     * @param rules which rows to reject
     * @throws dev.crowdlab.engine.pass.UnusableInputException if a rule fails the dataset, or it is too large
     */
    public static Dataset of(AnnotationRows annotations, PredictionRows predictions, GoldRows gold, InputRules rules) {
        return new DatasetAssembly(annotations, predictions, gold, rules, false).assemble();
    }

    /**
     * Builds the part of a dataset that is made of some of its examples, with all rows of each. Annotators are those of
     * the part until {@link #withAnnotators}; everything else is as in the whole.
     *
     * @param annotations consumed
     * @param predictions consumed
     * @param gold consumed
     * @param rules which rows to reject
     * @param names what occurs in all parts
     * @throws dev.crowdlab.engine.pass.UnusableInputException as {@link #of}
     */
    public static Dataset ofPart(
            AnnotationRows annotations, PredictionRows predictions, GoldRows gold, InputRules rules, InputNames names) {
        names.addTo(predictions);
        return new DatasetAssembly(annotations, predictions, gold, names.complete(rules), true).assemble();
    }

    /**
     * Returns the annotators with a label in this part; the others have habits here, such as to abstain, and may have labels in another
     * part.
     */
    public IdList labelingAnnotators() {
        BitSet labeling = new BitSet(annotators.size());
        for (int position = 0; position < annotations.annotationCount(); position++) {
            labeling.set(annotations.annotator(position));
        }
        return annotators.select(labeling.stream().toArray());
    }

    /**
     * Returns this part with the annotators of all parts, who are numbered in code-point order as in the whole.
     *
     * @param all in code-point order, those with a label in this part included
     */
    public Dataset withAnnotators(IdList all) {
        int[] places = annotators.placesIn(all);
        return new Dataset(
                examples,
                all,
                kinds.among(all.size(), places),
                classes,
                models,
                annotations.withAnnotators(all.size(), places),
                times,
                habits.placed(all.size(), places),
                predictions,
                unlabeled,
                gold,
                rejected,
                counts,
                modelCounts);
    }

    /**
     * Returns what the machines leave: people, the examples that they labeled and their annotations. Everything else is
     * as in the whole.
     */
    public Dataset ofPeople(Machines machines) {
        return new PeoplePart(this, machines).dataset();
    }

    /**
     * Returns the examples for the engine.
     *
     * @param withKeys whether examples get keys, hashes of their ids, which {@code committee} chooses a sample by
     * @param sampleSeed of the order in which gold was asked for; null: nobody says how it was chosen
     */
    Slice slice(boolean withKeys, @Nullable String sampleSeed) {
        Slice slice = new Slice(annotations, predictions);
        if (gold.isConfigured()) {
            slice = slice.with(Column.GOLD, gold.toArray());
        }
        if (gold.isConfigured() && sampleSeed != null) {
            slice = slice.with(Column.SAMPLE_KEY, sampleKeys(sampleSeed));
        }
        return withKeys ? slice.with(Column.EXAMPLE_KEY, keys()) : slice;
    }

    /**
     * Returns the slice with what gold is ordered by where it corrects the consensus: CRC-32 of the examples' ids in
     * UTF-8, then their places, which are those of the ids in code-point order.
     */
    Slice withGoldOrder(Slice slice) {
        long[] orders = new long[examples.size()];
        CRC32 hash = new CRC32();
        for (int example = 0; example < orders.length; example++) {
            hash.reset();
            hash.update(examples.bytes(), examples.start(example), examples.length(example));
            orders[example] = hash.getValue() << Integer.SIZE | example;
        }
        return slice.with(Column.GOLD_ORDER, orders);
    }

    private long[] sampleKeys(String seed) {
        long[] keys = new long[examples.size()];
        GoldSample sample = new GoldSample(seed);
        for (int example = 0; example < keys.length; example++) {
            keys[example] = sample.key(examples.text(example));
        }
        return keys;
    }

    private long[] keys() {
        long[] keys = new long[examples.size()];
        Murmur3 hash = new Murmur3();
        for (int example = 0; example < keys.length; example++) {
            hash.hash(examples.bytes(), examples.start(example), examples.length(example), 0);
            keys[example] = hash.first();
        }
        return keys;
    }
}
