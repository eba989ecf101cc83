package dev.crowdlab.engine;

import dev.crowdlab.engine.choice.AnnotatorChoices;
import dev.crowdlab.engine.choice.ChoiceSets;
import dev.crowdlab.engine.choice.ClassChoices;
import dev.crowdlab.engine.choice.ExampleChoices;
import java.util.List;

/**
 * What {@link MultipleChoice} found out. Immutable; safe for use by many threads.
 *
 * @param sets the sets that were answered, by their numbers, then those that are published without having been answered
 * @param answers the answers as labels that are sets, with the published sets as consensus: how far annotators agree to the
 *     whole set, and the qualities of sets
 * @param examples how probable each class is for each example
 * @param annotators how each annotator uses each class
 * @param classes what was found out about each class
 */
public record ChoiceAnalysis(
        ChoiceSets sets,
        Analysis answers,
        ExampleChoices examples,
        AnnotatorChoices annotators,
        List<ClassChoices> classes) {

    public ChoiceAnalysis {
        classes = List.copyOf(classes);
    }
}
