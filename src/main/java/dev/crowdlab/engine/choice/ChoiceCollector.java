package dev.crowdlab.engine.choice;

import dev.crowdlab.engine.agreement.AgreementMeasure;
import dev.crowdlab.engine.agreement.ChoicePatterns;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes the probabilities of one class after the other, in the order of their numbers, and makes sets of them. */
@NotThreadSafe
public final class ChoiceCollector {

    private final Annotations answers;
    private final int[] exampleOf;
    private final ExampleChoices.Builder examples;
    private final AnnotatorChoices.Builder annotators;
    private final List<ClassChoices> classes = new ArrayList<>();
    /** [examples] the minimum over the classes of which nothing is stored of the probability that they do not belong. */
    private final double[] absent;
    /** [largest size + 1] */
    private final long[] examplesBySize;

    private ChoicePatterns patterns = new ChoicePatterns();
    private long publishedCount;

    public ChoiceCollector(Annotations answers, int classCount) {
        this.answers = answers;
        examples = new ExampleChoices.Builder(answers.exampleCount(), classCount);
        exampleOf = new int[answers.annotationCount()];
        absent = new double[answers.exampleCount()];
        Arrays.fill(absent, 1);
        examplesBySize = new long[answers.largestSize() + 1];
        int[] counts = new int[answers.annotatorCount()];
        for (int example = 0; example < absent.length; example++) {
            examplesBySize[answers.size(example)]++;
            for (int position = answers.start(example); position < answers.end(example); position++) {
                exampleOf[position] = example;
                counts[answers.annotator(position)]++;
            }
        }
        annotators = new AnnotatorChoices.Builder(counts, classCount);
    }

    /** Takes a class whose probability is the share of the answers that choose it. */
    public void addShares(Choosing choosing, int label) {
        long[] untouched = examplesBySize.clone();
        int place = choosing.start(label);
        while (place < choosing.end(label)) {
            int example = exampleOf[choosing.position(place)];
            int from = place;
            while (place < choosing.end(label) && choosing.position(place) < answers.end(example)) {
                place++;
            }
            int size = answers.size(example);
            untouched[size]--;
            add(choosing, example, from, place, (double) (place - from) / size);
            store(example, (double) (place - from) / size);
        }
        for (int size = 1; size < untouched.length; size++) {
            if (untouched[size] > 0) {
                patterns.add(size, 0, untouched[size]);
            }
        }
        endClass(choosing, label, Double.NaN);
    }

    /**
     * Takes a class.
     *
     * @param probabilities [examples] that the class belongs to each; not modified
     * @param predictions whose favor is a reason to store a probability
     * @param accuracy as {@link ClassChoices#accuracy}
     */
    public void add(Choosing choosing, int label, double[] probabilities, Predictions predictions, double accuracy) {
        int place = choosing.start(label);
        for (int example = 0; example < probabilities.length; example++) {
            int from = place;
            while (place < choosing.end(label) && choosing.position(place) < answers.end(example)) {
                place++;
            }
            double probability = probabilities[example];
            add(choosing, example, from, place, probability);
            if (place > from
                    || ExampleChoices.isPublished(probability)
                    || ExampleChoices.isPublished(favor(predictions, example, label))) {
                store(example, probability);
            } else {
                absent[example] = Math.min(absent[example], 1 - probability);
            }
        }
        endClass(choosing, label, accuracy);
    }

    /** Returns the mean probability over the models; 0 without models. */
    private static double favor(Predictions predictions, int example, int label) {
        double sum = 0;
        for (int model = 0; model < predictions.modelCount(); model++) {
            sum += predictions.probability(model, example, label);
        }
        return sum == 0 ? 0 : sum / predictions.modelCount();
    }

    private void add(Choosing choosing, int example, int from, int to, double probability) {
        patterns.add(answers.size(example), to - from, 1);
        int place = from;
        for (int position = answers.start(example); position < answers.end(example); position++) {
            boolean isChosen = place < to && choosing.position(place) == position;
            place += isChosen ? 1 : 0;
            annotators.add(answers.annotator(position), isChosen, probability);
        }
    }

    private void store(int example, double probability) {
        examples.add(example, probability);
        publishedCount += ExampleChoices.isPublished(probability) ? 1 : 0;
    }

    private void endClass(Choosing choosing, int label, double accuracy) {
        examples.endClass(label);
        annotators.endClass(label);
        classes.add(new ClassChoices(
                choosing.end(label) - choosing.start(label),
                publishedCount,
                patterns.estimate(AgreementMeasure.PERCENT_AGREEMENT),
                patterns.estimate(AgreementMeasure.KRIPPENDORFF_ALPHA),
                accuracy));
        publishedCount = 0;
        patterns = new ChoicePatterns();
    }

    /**
     * What was made of all classes.
     *
     * @param sets those answered, then those published beside
     * @param answers whose labels are their numbers
     * @param published [examples] the number of the published set
     * @param qualities [examples] of the published sets
     * @param answerQualities [annotations]
     */
    // more components: what one pass over the examples makes
    @SuppressWarnings("ArrayRecordComponent")
    public record Collected(
            ChoiceSets sets,
            Annotations answers,
            int[] published,
            double[] qualities,
            double[] answerQualities,
            ExampleChoices examples,
            AnnotatorChoices annotators,
            List<ClassChoices> classes) {

        /** Returns the mean share of the answers equal to the published set, where there are two or more; NaN if nowhere. */
        public double likelihood() {
            long[] agreeing = new long[answers.largestSize() + 1];
            long count = 0;
            for (int example = 0; example < published.length; example++) {
                int size = answers.size(example);
                if (size > 1) {
                    agreeing[size] += answers.votes(example, published[example]);
                    count++;
                }
            }
            double sum = 0;
            for (int size = 2; size < agreeing.length; size++) {
                sum += (double) agreeing[size] / size;
            }
            return count == 0 ? Double.NaN : sum / count;
        }
    }

    /** Makes sets of what was taken. */
    public Collected build(ChoiceSets given) {
        ExampleChoices choices = examples.build();
        ChoiceSets.Builder all = given.toBuilder();
        int[] published = new int[absent.length];
        double[] qualities = new double[absent.length];
        double[] answerQualities = new double[exampleOf.length];
        int[] members = new int[given.classCount()];
        for (int example = 0; example < published.length; example++) {
            ChoicePairs pairs = choices.pairs();
            double quality = absent[example];
            int length = 0;
            for (int row = pairs.start(example); row < pairs.end(example); row++) {
                double probability = choices.probability(row);
                quality = Math.min(quality, Math.max(probability, 1 - probability));
                if (choices.isPublished(row)) {
                    members[length++] = pairs.classOf(row);
                }
            }
            published[example] = all.place(members, length);
            qualities[example] = quality;
            for (int position = answers.start(example); position < answers.end(example); position++) {
                answerQualities[position] = quality(choices, given, example, answers.label(position));
            }
        }
        ChoiceSets sets = all.build();
        return new Collected(
                sets,
                answers.withClasses(sets.size()),
                published,
                qualities,
                answerQualities,
                choices,
                annotators.build(),
                classes);
    }

    /** Returns the quality of an answer. Both the set and the rows of the example are in the order of the classes. */
    private double quality(ExampleChoices choices, ChoiceSets given, int example, int set) {
        ChoicePairs pairs = choices.pairs();
        double quality = absent[example];
        int place = given.start(set);
        for (int row = pairs.start(example); row < pairs.end(example); row++) {
            boolean isChosen = place < given.end(set) && given.classAt(place) == pairs.classOf(row);
            place += isChosen ? 1 : 0;
            double probability = choices.probability(row);
            quality = Math.min(quality, isChosen ? probability : 1 - probability);
        }
        return quality;
    }
}
