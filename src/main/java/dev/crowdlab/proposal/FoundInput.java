package dev.crowdlab.proposal;

import dev.crowdlab.proposal.FoundTable.Use;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What tables can be used for.
 *
 * @param annotations tables that look like annotations, the likeliest first
 * @param predictions tables that look like predictions, the likeliest first
 * @param projects those of Label Studio, which come before tables that only look like it
 */
public record FoundInput(List<Use> annotations, List<Use> predictions, FoundProjects projects) {

    /** Nothing, as where there is no database. */
    public static final FoundInput NONE = new FoundInput(List.of(), List.of(), FoundProjects.NONE);

    public FoundInput {
        annotations = List.copyOf(annotations);
        predictions = List.copyOf(predictions);
    }

    static FoundInput of(List<FoundTable> tables, FoundProjects projects) {
        List<Use> annotations = tables.stream()
                .flatMap(table -> table.asAnnotations().stream())
                .sorted(Comparator.comparing(Use::rank))
                .toList();
        Optional<String> example = annotations.stream().findFirst().flatMap(best -> best.column(ColumnRole.EXAMPLE));
        List<Use> predictions = tables.stream()
                .flatMap(table -> table.asPredictions().stream())
                .filter(table -> !annotations.contains(table))
                .sorted(Comparator.comparing(
                                (Use use) -> !use.column(ColumnRole.EXAMPLE).equals(example))
                        .thenComparing(Use::rank))
                .toList();
        return new FoundInput(annotations, predictions, projects);
    }
}
