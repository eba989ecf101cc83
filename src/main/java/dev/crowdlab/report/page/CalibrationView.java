package dev.crowdlab.report.page;

import dev.crowdlab.report.page.ConsensusView.Table;
import dev.crowdlab.report.words.Prose;
import java.util.List;

/**
 * The scores of the methods against gold.
 *
 * @param saying what they come to
 * @param reading how to read the pictures
 * @param pictures one for each method
 * @param table the numbers drawn
 */
public record CalibrationView(Prose saying, String reading, List<Picture> pictures, Table table) {

    /**
     * The picture of a method.
     *
     * @param marks in the order to draw them
     * @param text the means of all
     */
    public record Picture(String method, List<Mark> marks, String text) {}

    /** A mark: its middle, its radius, and the ends of the upright line. */
    public record Mark(String x, String y, String radius, String lower, String upper) {}
}
