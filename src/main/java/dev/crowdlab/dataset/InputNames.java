package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.IdDictionary;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.dataset.id.IntColumn;
import dev.crowdlab.dataset.id.RowDigest;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.SuspectLabel;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.NotThreadSafe;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What has to be known of all rows of a dataset before the first part of it can be built: labels with the number of
 * rows that have them, models, and the digests of the input. Parts merge by addition.
 */
@NotThreadSafe
public final class InputNames implements Mergeable<InputNames> {

    private final IdDictionary labels = new IdDictionary();
    /** By label. */
    private final LongArrayList annotated = new LongArrayList();

    private final LongArrayList predicted = new LongArrayList();
    private final IdDictionary models = new IdDictionary();
    private final RowDigest annotations = new RowDigest();
    private final RowDigest predictions = new RowDigest();
    private final RowDigest gold = new RowDigest();

    private InputNames() {}

    /** What occurs in the rows of a part. */
    public static InputNames of(AnnotationRows annotations, PredictionRows predictions, GoldRows gold) {
        InputNames names = new InputNames();
        names.annotations.add(annotations.digest());
        names.predictions.add(predictions.digest());
        names.gold.add(gold.digest());
        names.addLabels(annotations.labels, annotations.label, names.annotated);
        names.addLabels(predictions.labels, predictions.label, names.predicted);
        names.addModels(predictions.models);
        return names;
    }

    private void addLabels(IdDictionary texts, IntColumn rows, LongArrayList counts) {
        int[] places = new int[texts.size()];
        for (int label = 0; label < places.length; label++) {
            boolean isUsable = texts.length(label) <= InputRules.MAX_LABEL_BYTES;
            places[label] = isUsable ? place(texts, label) : Classes.UNKNOWN;
        }
        for (int row = 0; row < rows.size(); row++) {
            int label = rows.get(row);
            if (label >= 0 && places[label] != Classes.UNKNOWN) {
                counts.set(places[label], counts.getLong(places[label]) + 1);
            }
        }
    }

    private int place(IdDictionary texts, int label) {
        int place = labels.add(texts.bytes(), texts.start(label), texts.length(label));
        annotated.size(labels.size());
        predicted.size(labels.size());
        return place;
    }

    private void addModels(IdDictionary texts) {
        for (int model = 0; model < texts.size(); model++) {
            models.add(texts.bytes(), texts.start(model), texts.length(model));
        }
    }

    @Override
    public void add(InputNames other) {
        annotations.add(other.annotations);
        predictions.add(other.predictions);
        gold.add(other.gold);
        for (int label = 0; label < other.labels.size(); label++) {
            int place = place(other.labels, label);
            annotated.set(place, annotated.getLong(place) + other.annotated.getLong(label));
            predicted.set(place, predicted.getLong(place) + other.predicted.getLong(label));
        }
        addModels(other.models);
    }

    /** The digest of all rows, see {@link RowDigest#of}. */
    public String digest() {
        return RowDigest.of(annotations, predictions, gold);
    }

    /** The number of annotation rows, rejected ones included. */
    public long annotationRows() {
        return annotations.rowCount();
    }

    /**
     * The rules with the classes of the dataset, if it has none configured: the distinct labels in code-point order.
     *
     * @throws dev.crowdlab.engine.pass.UnusableInputException if there are too many
     */
    public InputRules complete(InputRules rules) {
        if (!rules.classes().isEmpty()) {
            return rules;
        }
        List<String> classes = new ArrayList<>();
        for (int label : classOrder(rules)) {
            classes.add(labels.text(label));
        }
        Classes.checkCount(classes.size());
        return rules.withClasses(classes);
    }

    /** The labels that are classes, in code-point order. */
    private int[] classOrder(InputRules rules) {
        return Arrays.stream(labels.order())
                .filter(label -> !rules.answers().abstain().contains(labels.text(label)))
                .toArray();
    }

    /** Makes known to the rows of a part which models there are, and that others have rows. */
    void addTo(PredictionRows rows) {
        for (int model = 0; model < models.size(); model++) {
            rows.models.add(models.bytes(), models.start(model), models.length(model));
        }
        if (predictions.rowCount() > 0) {
            rows.setOthersHaveRows();
        }
    }

    /** A label that is probably misspelled, where classes are not configured. */
    Optional<SuspectLabel> suspectLabel(InputRules rules) {
        int[] order = classOrder(rules);
        long[] annotatedByClass = new long[order.length];
        long[] predictedByClass = new long[order.length];
        for (int label = 0; label < order.length; label++) {
            annotatedByClass[label] = annotated.getLong(order[label]);
            predictedByClass[label] = predicted.getLong(order[label]);
        }
        return SuspectLabel.of(IdList.of(labels, order), annotatedByClass, predictedByClass);
    }
}
