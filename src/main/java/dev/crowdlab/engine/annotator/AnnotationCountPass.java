package dev.crowdlab.engine.annotator;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;

/**
 * Counts what {@link AnnotationScorePass} counts, for a consensus whose qualities, including those of annotations, are
 * already computed. Writes nothing.
 */
public final class AnnotationCountPass implements Pass<AnnotationScorePass.Scores> {

    private final ConsensusMethod method;
    private final ConfusionLayout layout;

    /**
     * Prepares the pass.
     *
     * @param method whose columns are read
     * @param layout where the confusion of each annotator is counted
     */
    public AnnotationCountPass(ConsensusMethod method, ConfusionLayout layout) {
        this.method = method;
        this.layout = layout;
    }

    @Override
    public AnnotationScorePass.Scores newStatistics(Dimensions dimensions) {
        return new AnnotationScorePass.Scores(dimensions, layout);
    }

    @Override
    public void collect(Block block, AnnotationScorePass.Scores scores) {
        Annotations annotations = block.annotations();
        ConsensusLabels consensus = block.input().get(Column.consensus(method));
        double[] consensusQualities = block.input().get(Column.quality(method));
        double[] qualities = block.input().get(Column.ANNOTATION_QUALITY);
        for (int example = block.from(); example < block.to(); example++) {
            scores.consensusQuality.addScore(consensusQualities[example]);
            scores.addAnnotations(layout, annotations, example, consensus.label(example), qualities);
        }
    }
}
