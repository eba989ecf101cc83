package dev.crowdlab.dataset.rejection;

import dev.crowdlab.engine.agreement.ClassScale;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the order of the classes means. */
public enum AnswerScale {
    /** Nothing: a label is right or wrong. */
    NOMINAL,
    /** They ascend, as grades do. */
    ORDINAL,
    /** They are numbers that ascend. */
    INTERVAL;

    /**
     * The scale of classes.
     *
     * @return empty if classes have no order, or cannot have this one
     */
    public Optional<ClassScale> of(List<String> classes) {
        return switch (this) {
            case NOMINAL -> Optional.empty();
            case ORDINAL -> Optional.of(ClassScale.ordinal(classes.size()));
            case INTERVAL -> numbers(classes).flatMap(ClassScale::interval);
        };
    }

    /** The classes as numbers; empty if one is none. */
    public static Optional<List<BigDecimal>> numbers(List<String> classes) {
        List<BigDecimal> numbers = new ArrayList<>();
        for (String name : classes) {
            if (!name.matches("[+-]?[0-9]{1,9}(\\.[0-9]{1,9})?")) {
                return Optional.empty();
            }
            numbers.add(new BigDecimal(name));
        }
        return Optional.of(numbers);
    }
}
