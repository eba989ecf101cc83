package dev.crowdlab.report.figures;

import java.util.List;
import java.util.Map;

/**
 * Which classes are confused.
 *
 * @param count number of classes of the dataset
 * @param classes the classes of the matrix as configured; of more than {@value #MAX_CLASSES} those in most mix-ups
 * @param matrix labels by class of the consensus, and class given; one more row and column for all other classes if
 *     some are left out; empty: there are too many classes, or the rows were removed
 * @param mixUps the most frequent mix-ups, most labels first
 * @param labels number of labels that the matrix is of
 * @param byAnnotator cells of annotators, most labels first
 */
public record ClassFigures(
        long count,
        List<String> classes,
        List<List<Long>> matrix,
        List<MixUp> mixUps,
        long labels,
        Map<String, List<Cell>> byAnnotator) {

    /** How many classes a matrix shows. */
    public static final int MAX_CLASSES = 12;

    /** With more there is no matrix. */
    public static final int MAX_FOR_MATRIX = 40;

    public static final int MAX_MIX_UPS = 30;

    /** How many cells of an annotator are kept. */
    public static final int MAX_CELLS = 60;

    /** Nothing is known of classes. */
    public static ClassFigures none(long count) {
        return new ClassFigures(count, List.of(), List.of(), List.of(), 0, Map.of());
    }

    /**
     * A class given for another.
     *
     * @param given the class given
     * @param consensus the class of the consensus
     * @param labels how often
     * @param ofRow how many labels were given to examples of that consensus
     */
    public record MixUp(String given, String consensus, long labels, long ofRow) {

        /** Share of the labels of examples of that consensus. */
        public double share() {
            return (double) labels / ofRow;
        }
    }

    /** How often an annotator gave a class for a class of the consensus. */
    public record Cell(String consensus, String given, long labels) {}
}
