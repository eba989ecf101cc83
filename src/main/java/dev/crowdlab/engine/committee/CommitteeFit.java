package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.Committee;
import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.numeric.Logarithm;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.PassRunner;
import dev.crowdlab.engine.soft.SoftLabels;
import dev.crowdlab.engine.vote.Votes;
import java.util.ArrayList;
import java.util.List;

/** The work of {@link Committee} on the data set of a runner. Used by one thread. */
public final class CommitteeFit {

    private static final int MAX_ROUNDS = 60;
    private static final double TOLERANCE = 1e-3;
    private static final double SHARPNESS = 40;

    /** Dependence of annotations of one example, for posteriors, with models. */
    private static final double DEPENDENCE = 0.05;

    /** Up to this many numbers all experts are fitted together, otherwise one after another. */
    private static final long MAX_CELLS = 1 << 24;

    private final PassRunner passes;
    private final Votes votes;
    private final double dependence;
    private final CommitteeInput input;
    private final double sampleScale;
    private final List<ExpertFit> fits = new ArrayList<>();

    /**
     * Finds the candidates, and counts what does not change.
     *
     * @param votes of all examples; {@link Column#MAJORITY} is there
     */
    public CommitteeFit(PassRunner passes, Votes votes) {
        this.passes = passes;
        this.votes = votes;
        Dimensions dimensions = passes.dimensions();
        dependence = dimensions.modelCount() == 0 ? 0 : DEPENDENCE;
        CandidateCountPass.Chosen sample =
                passes.run("candidateCounts", new CandidateCountPass(CommitteeSample.of(dimensions)));
        sampleScale = (double) dimensions.exampleCount() / sample.count();
        boolean[] isDense = CellLayout.dense(votes, dimensions.classCount());
        CellKeys keys = passes.run("candidates", new CandidatePass(votes.answerKindCount(), isDense));
        CellLayout layout = CellLayout.of(votes.answerKindCount(), dimensions.classCount(), isDense, keys);
        CommitteeStartPass.Counts counts = passes.run("committeeStart", new CommitteeStartPass(layout));
        input = new CommitteeInput(dimensions, layout, votes, counts);
        ClassTerm term = ClassTerm.ofVotes(votes.votesByClass, dimensions.modelCount());
        for (Expert expert : Expert.values()) {
            fits.add(new ExpertFit(expert, input, counts.contested, term));
        }
    }

    /**
     * Fits the experts, and writes the consensus and its quality.
     *
     * @param kept what is wanted beside them; annotators are judged if the qualities of annotations are
     */
    public CommitteeEstimates run(CommitteeConsensusPass.Kept kept) {
        boolean areTogether = (long) input.layout.cellCount() * fits.size() <= MAX_CELLS;
        int step = areTogether ? fits.size() : 1;
        for (int from = 0; from < fits.size(); from += step) {
            List<ExpertFit> group = fits.subList(from, from + step);
            fit(group);
            score(group);
        }
        double[] weights = weights();
        List<ClassTerm> terms = fits.stream().map(ExpertFit::nextTerm).toList();
        OpenLikelihoods likelihoods = new OpenLikelihoods(
                input, fits.stream().map(ExpertFit::parameters).toList(), terms);
        CommitteePosterior posterior = new CommitteePosterior(likelihoods, terms, weights);
        CommitteeConsensusPass.Result result =
                passes.run("committeeConsensus", new CommitteeConsensusPass(posterior, kept));
        List<ExpertEstimate> experts = new ArrayList<>();
        for (int expert = 0; expert < weights.length; expert++) {
            experts.add(new ExpertEstimate(fits.get(expert), weights[expert]));
        }
        CommitteeEstimates estimates =
                new CommitteeEstimates(experts, input.dimensions, result, votes, kept.annotations());
        if (kept.softLabels()) {
            estimates = estimates.withSoftLabels(softLabels(posterior, result));
        }
        return kept.posteriors() ? estimates.withPosterior(posterior) : estimates;
    }

    private SoftLabels softLabels(CommitteePosterior posterior, CommitteeConsensusPass.Result result) {
        return result.labels == null || votes.multiAnnotationCount() == 0
                ? SoftLabels.ofVotes(votes.votesByClass)
                : SoftLabels.of(votes.votesByClass, result.labels.cells, posterior.openPosterior());
    }

    /** Makes rounds until none of the experts changes any more. */
    private void fit(List<ExpertFit> group) {
        List<ExpertFit> active = group;
        for (int round = 1; round <= MAX_ROUNDS && !active.isEmpty(); round++) {
            List<ExpertTable> tables = new ArrayList<>();
            for (ExpertFit expert : active) {
                tables.add(expert.newRound(input));
            }
            CommitteeRoundPass.Sums sums =
                    passes.run("committeeRound", new CommitteeRoundPass(input.layout, tables, dependence));
            List<ClassTerm> terms = terms(tables, sums);
            List<ExpertFit> left = new ArrayList<>();
            for (int place = 0; place < tables.size(); place++) {
                active.get(place).endRound(sums.cells[place], terms.get(place));
                if (sums.change(place) / input.dimensions.exampleCount() >= TOLERANCE) {
                    left.add(active.get(place));
                }
            }
            active = left;
        }
    }

    /** Returns the class terms after a round. */
    private List<ClassTerm> terms(List<ExpertTable> tables, CommitteeRoundPass.Sums sums) {
        List<ClassTerm> terms = new ArrayList<>();
        for (int place = 0; place < tables.size(); place++) {
            terms.add(
                    input.hasModels()
                            ? tables.get(place).term.moved(sums.sampled[place], sums.expected[place], sampleScale)
                            : shares(sums.byClass[place]));
        }
        if (!input.hasModels()) {
            return terms;
        }
        List<Expert> experts = tables.stream().map(table -> table.expert).toList();
        ModelWeightPass.Sums steps = passes.run("committeeModels", new ModelWeightPass(experts, terms));
        for (int place = 0; place < terms.size(); place++) {
            terms.set(place, steps.step(terms.get(place), place, sampleScale));
        }
        return terms;
    }

    private ClassTerm shares(long[] contested) {
        long[] totals = contested.clone();
        for (int label = 0; label < totals.length; label++) {
            totals[label] += input.unanimousExamples(label) << Grid.BITS;
        }
        return ClassTerm.ofPosteriors(totals, input.dimensions.exampleCount());
    }

    /** Scores how well each expert predicts answers from the others on their examples. */
    private void score(List<ExpertFit> group) {
        long answerCount = votes.multiAnswerCount();
        if (answerCount == 0) {
            return;
        }
        List<ExpertTable> tables =
                group.stream().map(expert -> expert.table(input)).toList();
        LeaveOneOutPass.Scores scores =
                passes.run("leaveOneOut", new LeaveOneOutPass(input.layout, tables, dependence));
        for (int place = 0; place < tables.size(); place++) {
            addUnanimous(tables.get(place), scores.sums, 2 * place);
            double sum = Grid.value(scores.sums[2 * place], scores.sums[2 * place + 1]);
            group.get(place).setScore(sum / answerCount);
        }
    }

    /**
     * Adds the annotations of examples with one candidate, which are predicted alike if annotator and label are the
     * same.
     */
    private void addUnanimous(ExpertTable table, long[] sums, int index) {
        for (int group = 0; group < input.layout.groupCount(); group++) {
            long count = input.unanimousMulti(group);
            if (count > 0) {
                int cell = input.layout.cell(group, input.layout.given(group));
                double probability = (table.numerators[cell] - Grid.SCALE)
                        / (table.denominators[input.layout.row(cell)] - Grid.SCALE);
                double logarithm = Logarithm.of(Math.max(ContestedBatch.FLOOR, probability));
                Grid.add(sums, index, Grid.of(logarithm), count);
            }
        }
    }

    /** Returns [experts] weights that sum to 1. */
    private double[] weights() {
        double best = fits.stream().mapToDouble(ExpertFit::score).max().orElseThrow();
        double[] weights = new double[fits.size()];
        double sum = 0;
        for (int expert = 0; expert < weights.length; expert++) {
            weights[expert] = Exponential.of(SHARPNESS * (fits.get(expert).score() - best));
            sum += weights[expert];
        }
        for (int expert = 0; expert < weights.length; expert++) {
            weights[expert] /= sum;
        }
        return weights;
    }
}
