package dev.crowdlab.engine.vote;

/**
 * s_m: how often each annotator's labels equal those of the others on the same examples. If no one else labeled the
 * annotator's examples, the mean over the annotators that have one, summed in annotator order; NaN if none has one.
 * Independent of any consensus. Immutable.
 */
public final class MutualAgreement {

    private final double[] agreements;
    private final boolean[] imputed;

    public MutualAgreement(Votes votes) {
        int annotatorCount = votes.annotatorCount();
        agreements = new double[annotatorCount];
        imputed = new boolean[annotatorCount];
        double sum = 0;
        int known = 0;
        for (int annotator = 0; annotator < annotatorCount; annotator++) {
            imputed[annotator] = votes.pairs(annotator) == 0;
            if (!imputed[annotator]) {
                agreements[annotator] = (double) votes.agreeingPairs(annotator) / votes.pairs(annotator);
                sum += agreements[annotator];
                known += 1;
            }
        }
        for (int annotator = 0; annotator < annotatorCount; annotator++) {
            if (imputed[annotator]) {
                agreements[annotator] = sum / known;
            }
        }
    }

    public int annotatorCount() {
        return agreements.length;
    }

    public double agreement(int annotator) {
        return agreements[annotator];
    }

    public boolean isImputed(int annotator) {
        return imputed[annotator];
    }
}
