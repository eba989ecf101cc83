package dev.crowdlab.settings.labelstudio;

import java.util.Locale;

/**
 * The types of questions of Label Studio whose answer can be read as one label. All other types, such as Taxonomy,
 * cannot; nor can multiple choices, and questions about each region or item of a task.
 */
public enum LabelStudioType {
    /** One of the values, or aliases, of its Choice elements. */
    CHOICES("Choices", "choices"),
    /** The number of stars, from 1 to maxRating. */
    RATING("Rating", "rating"),
    /** {@code left} or {@code right}. */
    PAIRWISE("Pairwise", "selected");

    private final String element;
    private final String key;

    LabelStudioType(String element, String key) {
        this.element = element;
        this.key = key;
    }

    /** The name of the element in a labeling configuration. */
    public String element() {
        return element;
    }

    /** The name under which {@code value} holds the label in an answer. */
    String key() {
        return key;
    }

    /** The type that an answer bears. */
    String type() {
        return element.toLowerCase(Locale.ROOT);
    }
}
