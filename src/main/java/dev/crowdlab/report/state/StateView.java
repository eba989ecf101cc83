package dev.crowdlab.report.state;

import dev.crowdlab.report.words.Prose;
import java.util.List;

/**
 * What examples need.
 *
 * @param saying the first sentences
 * @param rows a row for each state; empty: there are none
 * @param remarks what labels bought and would buy, and what to make of it
 */
public record StateView(Prose saying, List<Row> rows, List<Prose> remarks) {

    /**
     * A state.
     *
     * @param name what it is called
     * @param meaning what its examples need
     * @param count how many there are
     * @param share of all examples
     * @param width of its bar, of 270 pixels
     */
    public record Row(String name, String meaning, String count, String share, String width) {}

    /** Whether there is nothing to show. */
    public boolean isNone() {
        return rows.isEmpty();
    }
}
