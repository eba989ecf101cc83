package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.IdDictionary;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.dataset.id.Utf8Texts;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.SuspectLabel;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.pass.UnusableInputException;
import java.util.Arrays;
import java.util.Optional;

/** The classes of a dataset in their order, and the class of each label in the input. */
final class Classes {

    /** The class of an unknown label. */
    static final int UNKNOWN = -1;

    /** In place of the class of an answer that abstains. */
    static final int ABSTAINED = -2;

    private final IdList ids;
    private final int[] ofAnnotationLabel;
    private final int[] ofPredictionLabel;
    private final int[] ofGoldLabel;

    /** The labels of each source. */
    private record Labels(Utf8Texts annotations, Utf8Texts predictions, Utf8Texts gold) {}

    private Classes(IdDictionary index, int[] order, IdDictionary abstain, Labels labels) {
        ids = IdList.of(index, order);
        int[] classOfPlace = new int[order.length];
        for (int label = 0; label < order.length; label++) {
            classOfPlace[order[label]] = label;
        }
        ofAnnotationLabel = classes(labels.annotations(), index, classOfPlace);
        ofPredictionLabel = classes(labels.predictions(), index, classOfPlace);
        ofGoldLabel = classes(labels.gold(), index, classOfPlace);
        for (int label = 0; abstain.size() > 0 && label < ofAnnotationLabel.length; label++) {
            if (isAmong(abstain, labels.annotations(), label)) {
                ofAnnotationLabel[label] = ABSTAINED;
            }
        }
    }

    /**
     * The configured classes; if there are none, the distinct labels of annotations and predictions in code-point
     * order.
     */
    static Classes of(InputRules rules, AnnotationRows annotations, PredictionRows predictions, GoldRows gold) {
        IdDictionary index = new IdDictionary();
        IdDictionary abstain = new IdDictionary();
        addAll(IdList.of(rules.answers().abstain()), abstain);
        if (rules.classes().isEmpty()) {
            addAllBut(abstain, annotations.labels, index);
            addAllBut(abstain, predictions.labels, index);
            checkCount(index.size());
            return new Classes(
                    index, index.order(), abstain, new Labels(annotations.labels, predictions.labels, gold.labels));
        }
        IdList configured = IdList.of(rules.classes());
        addAll(configured, index);
        int[] order = new int[index.size()];
        Arrays.setAll(order, label -> label);
        return new Classes(index, order, abstain, new Labels(annotations.labels, predictions.labels, gold.labels));
    }

    static void checkCount(int count) {
        if (count > Crowdlab.MAX_CLASSES) {
            throw new UnusableInputException("There are " + count + " distinct labels, at most " + Crowdlab.MAX_CLASSES
                    + " classes are taken; does the column label hold something else, or should classes be named?");
        }
    }

    IdList ids() {
        return ids;
    }

    int count() {
        return ids.size();
    }

    /** The class of a label of the annotations, {@link #ABSTAINED} or {@link #UNKNOWN}. */
    int ofAnnotationLabel(int label) {
        return ofAnnotationLabel[label];
    }

    /** The class of a label of the predictions, or {@link #UNKNOWN}. */
    int ofPredictionLabel(int label) {
        return ofPredictionLabel[label];
    }

    /** The class of a label of gold, or {@link #UNKNOWN}. */
    int ofGoldLabel(int label) {
        return ofGoldLabel[label];
    }

    /** The label that became a class, and that most predictions lack; empty if there is none. */
    Optional<SuspectLabel> suspectLabel(AnnotationRows annotations, PredictionRows predictions) {
        long[] annotated = new long[count()];
        long[] predicted = new long[count()];
        for (int row = 0; row < annotations.label.size(); row++) {
            count(annotated, ofAnnotationLabel(annotations.label.get(row)));
        }
        for (int row = 0; row < predictions.label.size(); row++) {
            int label = predictions.label.get(row);
            count(predicted, label == PredictionRows.NO_LABEL ? UNKNOWN : ofPredictionLabel(label));
        }
        return SuspectLabel.of(ids, annotated, predicted);
    }

    private static void count(long[] rows, int label) {
        if (label >= 0) {
            rows[label]++;
        }
    }

    private static boolean isAmong(IdDictionary texts, Utf8Texts labels, int label) {
        return texts.find(labels.bytes(), labels.start(label), labels.length(label)) != IdDictionary.ABSENT;
    }

    private static void addAll(Utf8Texts labels, IdDictionary index) {
        addAllBut(new IdDictionary(), labels, index);
    }

    private static void addAllBut(IdDictionary others, Utf8Texts labels, IdDictionary index) {
        for (int label = 0; label < labels.size(); label++) {
            if (labels.length(label) <= InputRules.MAX_LABEL_BYTES && !isAmong(others, labels, label)) {
                index.add(labels.bytes(), labels.start(label), labels.length(label));
            }
        }
    }

    private static int[] classes(Utf8Texts labels, IdDictionary index, int[] classOfPlace) {
        int[] classes = new int[labels.size()];
        for (int label = 0; label < classes.length; label++) {
            int place = index.find(labels.bytes(), labels.start(label), labels.length(label));
            classes[label] = place == IdDictionary.ABSENT ? UNKNOWN : classOfPlace[place];
        }
        return classes;
    }
}
