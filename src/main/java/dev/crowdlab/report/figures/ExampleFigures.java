package dev.crowdlab.report.figures;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What is shown of examples besides their ids.
 *
 * @param link the address of an example's page, by its id; empty: it has none
 * @param texts by id, of those that have one
 * @param areTextsMissing whether there should be texts that could not be read
 */
public record ExampleFigures(UnaryOperator<String> link, Map<String, String> texts, boolean areTextsMissing) {

    /** Only ids. */
    public static final ExampleFigures NONE = new ExampleFigures(id -> "", Map.of(), false);
}
