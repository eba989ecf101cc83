package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.Logarithm;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.NotThreadSafe;
import java.util.Arrays;
import java.util.List;

/**
 * How probable the committee finds each class for one example at a time, candidate or not: every expert's posterior over all classes,
 * mixed by the experts' weights. With many classes the other ones than the candidates are taken together. Working memory of one thread.
 */
@NotThreadSafe
final class OpenPosterior {

    private final OpenLikelihoods likelihoods;
    private final List<ClassTerm> terms;
    private final double[] weights;
    private final double dependence;
    private final boolean areFew;
    private final int expertCount;
    private final ModelLogs logs;
    /** [places × experts]: places are the classes if they are few, else the candidates, then all others together. */
    private double[] sums;
    /** [places] */
    private double[] mixture;

    private int placeCount;
    /** [experts][classes] what the expert thinks of the example before it sees the labels. */
    private final double[][] prior;
    /** [experts][classes] e to the power of that without models, else empty. */
    private final double[][] shares;
    /** [experts] sums of these. */
    private final double[] shareSums;
    /** [experts] posteriors of a candidate */
    private final double[] own;
    /** [experts] products of probabilities of labels under a candidate */
    private final double[] products;
    /** [candidates] */
    private int[] places = new int[8];
    /** [classes] those that are no candidates, in front. */
    private int[] others = new int[0];

    /**
     * Prepares for examples of the same data set.
     *
     * @param terms of all experts
     * @param weights [experts] that sum to 1; not modified
     * @param dependence of annotations of one example
     */
    OpenPosterior(
            OpenLikelihoods likelihoods, List<ClassTerm> terms, double[] weights, double dependence, int modelCount) {
        this.likelihoods = likelihoods;
        this.terms = terms;
        this.weights = weights;
        this.dependence = dependence;
        int classCount = terms.get(0).classes.length;
        areFew = classCount <= PooledLayout.FEW_CLASSES;
        expertCount = terms.size();
        logs = new ModelLogs(classCount, modelCount);
        placeCount = areFew ? classCount : 0;
        sums = new double[placeCount * expertCount];
        mixture = new double[placeCount];
        prior = new double[expertCount][];
        shares = new double[modelCount == 0 ? expertCount : 0][];
        shareSums = new double[expertCount];
        own = new double[expertCount];
        products = new double[expertCount];
        for (int expert = 0; expert < expertCount; expert++) {
            prior[expert] = terms.get(expert).classes.clone();
            if (modelCount == 0) {
                shares[expert] = terms.get(expert).shares();
                shareSums[expert] = Arrays.stream(shares[expert]).sum();
            }
        }
    }

    /**
     * Takes the example.
     *
     * @param posteriors of the experts over the candidates
     */
    void open(Block block, int example, CandidatePosteriors posteriors) {
        int count = posteriors.count();
        makeRoom(count);
        for (int index = 0; index < count; index++) {
            places[index] = areFew ? posteriors.label(index) : index;
        }
        Arrays.fill(sums, 0, placeCount * expertCount, 0);
        Annotations answers = block.answers();
        if (areFew) {
            for (int position = answers.start(example); position < answers.end(example); position++) {
                likelihoods.addAll(answers.annotator(position), answers.label(position), sums);
            }
        } else {
            addOthers(answers, example);
        }
        for (int index = 0; index < count; index++) {
            replaceCandidate(answers, example, posteriors, index);
        }
        if (block.predictions().modelCount() > 0) {
            logs.open(block.predictions(), example);
            for (int expert = 0; expert < expertCount; expert++) {
                logs.addUp(terms.get(expert), prior[expert]);
            }
        }
        mix(posteriors, ContestedBatch.power(answers.size(example), dependence));
    }

    private void makeRoom(int count) {
        if (count > places.length) {
            places = new int[2 * count];
        }
        if (!areFew) {
            placeCount = count + 1;
            if (placeCount > mixture.length) {
                mixture = new double[2 * placeCount];
                sums = new double[2 * placeCount * expertCount];
            }
        }
    }

    private void addOthers(Annotations answers, int example) {
        int start = (placeCount - 1) * expertCount;
        for (int position = answers.start(example); position < answers.end(example); position++) {
            for (int expert = 0; expert < expertCount; expert++) {
                sums[start + expert] +=
                        likelihoods.elsewhere(expert, answers.annotator(position), answers.label(position));
            }
        }
    }

    /** Computes the candidate's sums with the example's own posterior taken off the counts. */
    private void replaceCandidate(Annotations answers, int example, CandidatePosteriors posteriors, int index) {
        int start = places[index] * expertCount;
        int label = posteriors.label(index);
        boolean counts = likelihoods.counts(answers.size(example));
        for (int expert = 0; expert < expertCount; expert++) {
            own[expert] = counts ? posteriors.posterior(expert, index) : 0;
        }
        Arrays.fill(sums, start, start + expertCount, 0);
        for (int from = answers.start(example); from < answers.end(example); from += ContestedPairs.MAX_FACTORS) {
            int to = Math.min(answers.end(example), from + ContestedPairs.MAX_FACTORS);
            Arrays.fill(products, 1);
            for (int position = from; position < to; position++) {
                likelihoods.multiplyByCandidate(
                        answers.annotator(position), answers.label(position), label, own, products);
            }
            for (int expert = 0; expert < expertCount; expert++) {
                sums[start + expert] += Logarithm.rough(products[expert]);
            }
        }
    }

    private void mix(CandidatePosteriors posteriors, double power) {
        Arrays.fill(mixture, 0, placeCount, 0);
        for (int expert = 0; expert < expertCount; expert++) {
            double highest = Double.NEGATIVE_INFINITY;
            for (int place = 0; place < placeCount; place++) {
                int cell = place * expertCount + expert;
                sums[cell] = power * sums[cell] + prior(expert, place, posteriors);
                highest = Math.max(highest, sums[cell]);
            }
            double total = 0;
            for (int place = 0; place < placeCount; place++) {
                int cell = place * expertCount + expert;
                sums[cell] = Exponential.rough(sums[cell] - highest);
                total += sums[cell];
            }
            double scale = weights[expert] / total;
            for (int place = 0; place < placeCount; place++) {
                mixture[place] += scale * sums[place * expertCount + expert];
            }
        }
    }

    private double prior(int expert, int place, CandidatePosteriors posteriors) {
        if (areFew) {
            return prior[expert][place];
        }
        if (place < placeCount - 1) {
            return prior[expert][posteriors.label(place)];
        }
        return shares.length == 0 ? others(prior[expert], posteriors) : otherShares(expert, posteriors);
    }

    private double otherShares(int expert, CandidatePosteriors posteriors) {
        double sum = shareSums[expert];
        for (int index = 0; index < posteriors.count(); index++) {
            sum -= shares[expert][posteriors.label(index)];
        }
        return Logarithm.of(Math.max(0, sum));
    }

    /** Returns the logarithm of the sum over the classes that are no candidates. */
    private static double others(double[] prior, CandidatePosteriors posteriors) {
        double highest = Arrays.stream(prior).max().orElse(0);
        double sum = 0;
        int next = 0;
        for (int label = 0; label < prior.length; label++) {
            if (next < posteriors.count() && posteriors.label(next) == label) {
                next++;
            } else {
                sum += Exponential.rough(prior[label] - highest);
            }
        }
        return highest + Logarithm.of(sum);
    }

    /**
     * Writes the probabilities of all classes.
     *
     * @param posteriors that were taken
     * @param probabilities [classes] written into
     */
    void fill(CandidatePosteriors posteriors, double[] probabilities) {
        if (areFew) {
            System.arraycopy(mixture, 0, probabilities, 0, probabilities.length);
            return;
        }
        Arrays.fill(probabilities, 0);
        int otherCount = findOthers(posteriors, probabilities.length);
        for (int expert = 0; expert < expertCount; expert++) {
            divideOthers(expert, otherCount, probabilities);
        }
        for (int index = 0; index < posteriors.count(); index++) {
            probabilities[posteriors.label(index)] = mixture[places[index]];
        }
    }

    /** Lists the classes that are no candidates; returns how many there are. */
    private int findOthers(CandidatePosteriors posteriors, int classCount) {
        if (others.length < classCount) {
            others = new int[classCount];
        }
        int count = 0;
        int next = 0;
        for (int label = 0; label < classCount; label++) {
            if (next < posteriors.count() && posteriors.label(next) == label) {
                next++;
            } else {
                others[count++] = label;
            }
        }
        return count;
    }

    /** Adds what the expert finds probable for the classes that are no candidates, divided as it finds them probable beforehand. */
    private void divideOthers(int expert, int otherCount, double[] probabilities) {
        double total = 0;
        for (int place = 0; place < placeCount; place++) {
            total += sums[place * expertCount + expert];
        }
        double mass = weights[expert] * sums[(placeCount - 1) * expertCount + expert] / total;
        double highest = Double.NEGATIVE_INFINITY;
        for (int index = 0; index < otherCount; index++) {
            highest = Math.max(highest, prior[expert][others[index]]);
        }
        double sum = 0;
        for (int index = 0; index < otherCount; index++) {
            sum += Exponential.rough(prior[expert][others[index]] - highest);
        }
        for (int index = 0; index < otherCount; index++) {
            probabilities[others[index]] += mass * Exponential.rough(prior[expert][others[index]] - highest) / sum;
        }
    }

    /** Returns the probability of a candidate. */
    double candidate(int index) {
        return mixture[places[index]];
    }

    /** Returns the probability of all classes but the candidate. */
    double others(int index) {
        double sum = 0;
        for (int place = 0; place < placeCount; place++) {
            sum += place == places[index] ? 0 : mixture[place];
        }
        return sum;
    }
}
