package dev.crowdlab.init;

import dev.crowdlab.init.FoundTable.Use;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What tables can be used for.
 *
 * @param annotations tables that look like annotations, the likeliest first
 * @param predictions tables that look like predictions, the likeliest first
 * @param models tables with a column for each language model, the likeliest first
 * @param leftOut tables that look like neither, those that lack least first
 * @param projects those of Label Studio, which come before tables that only look like it
 */
public record FoundInput(
        List<Use> annotations,
        List<Use> predictions,
        List<ModelColumns> models,
        List<LeftOut> leftOut,
        FoundProjects projects) {

    /** Nothing, as where there is no database. */
    public static final FoundInput NONE =
            new FoundInput(List.of(), List.of(), List.of(), List.of(), FoundProjects.NONE);

    public FoundInput {
        annotations = List.copyOf(annotations);
        predictions = List.copyOf(predictions);
        models = List.copyOf(models);
        leftOut = List.copyOf(leftOut);
    }

    static FoundInput of(List<FoundTable> tables, FoundProjects projects) {
        List<Use> annotations = tables.stream()
                .filter(table -> !table.isOfModels())
                .flatMap(table -> table.asAnnotations().stream())
                .sorted(Comparator.comparing(Use::rank))
                .toList();
        List<Use> predictions = tables.stream()
                .filter(table -> table.isOfModels() || table.asAnnotations().isEmpty())
                .flatMap(table -> table.asPredictions().stream())
                .toList();
        List<ModelColumns> models = annotations.isEmpty()
                ? List.of()
                : tables.stream()
                        .flatMap(table -> ModelColumns.of(table).stream())
                        .toList();
        List<FoundTable> ofModels = models.stream().map(ModelColumns::table).toList();
        List<LeftOut> leftOut = tables.stream()
                .filter(table -> !table.missing().isEmpty() && !ofModels.contains(table))
                .sorted(Comparator.comparing(table -> table.missing().size()))
                .map(FoundInput::leftOut)
                .toList();
        return new FoundInput(
                annotations, sorted(predictions, annotations), sortedModels(models, annotations), leftOut, projects);
    }

    private static LeftOut leftOut(FoundTable table) {
        Optional<ModelColumns> models = ModelColumns.of(table);
        if (models.isPresent()) {
            return new LeftOut(
                    table.reference(),
                    "columns with labels of " + String.join(", ", models.get().names())
                            + ", and no table with labels of people, by whom models are judged");
        }
        return new LeftOut(
                table.reference(),
                table.missing().stream()
                        .map(ColumnRole::noun)
                        .collect(Collectors.joining(" or ", "no column looks like ", "")));
    }

    /** First come those that name the example as the annotations do, then those with most models. */
    private static List<ModelColumns> sortedModels(List<ModelColumns> models, List<Use> annotations) {
        Optional<String> example = annotations.stream().findFirst().flatMap(best -> best.column(ColumnRole.EXAMPLE));
        return models.stream()
                .sorted(Comparator.comparing((ModelColumns columns) ->
                                !Optional.of(columns.exampleName()).equals(example))
                        .thenComparing(columns -> -columns.machines().size()))
                .toList();
    }

    /** Sorts the predictions; first come those that name the example as the annotations do. */
    private static List<Use> sorted(List<Use> predictions, List<Use> annotations) {
        Optional<String> example = annotations.stream().findFirst().flatMap(best -> best.column(ColumnRole.EXAMPLE));
        return predictions.stream()
                .sorted(Comparator.comparing(
                                (Use use) -> !use.column(ColumnRole.EXAMPLE).equals(example))
                        .thenComparing(Use::rank))
                .toList();
    }

    /** Whether the likeliest predictions cannot be read until the classes are listed. */
    public boolean needsClasses() {
        return predictions.stream().findFirst().filter(Use::needsClasses).isPresent();
    }

    /** The names of the tables that look like annotations, as SQL takes them. */
    public List<String> annotationTables() {
        return annotations.stream().map(use -> use.table().reference()).toList();
    }

    /** The names of the tables that look like predictions, as SQL takes them. */
    public List<String> predictionTables() {
        return predictions.stream().map(use -> use.table().reference()).toList();
    }

    /**
     * The same with another table as the likeliest of annotations; its name of the example counts for predictions.
     *
     * @param place its place among {@link #annotations()}, from 0
     */
    public FoundInput preferringAnnotations(int place) {
        List<Use> preferred = preferring(annotations, place);
        return new FoundInput(
                preferred, sorted(predictions, preferred), sortedModels(models, preferred), leftOut, projects);
    }

    /**
     * The same with another table as the likeliest of predictions.
     *
     * @param place its place among {@link #predictions()}, from 0
     */
    public FoundInput preferringPredictions(int place) {
        return new FoundInput(annotations, preferring(predictions, place), models, leftOut, projects);
    }

    /** The same without predictions. */
    public FoundInput withoutPredictions() {
        return new FoundInput(annotations, List.of(), models, leftOut, projects);
    }

    private static List<Use> preferring(List<Use> uses, int place) {
        Use preferred = uses.get(place);
        return Stream.concat(Stream.of(preferred), uses.stream().filter(use -> !use.equals(preferred)))
                .toList();
    }
}
