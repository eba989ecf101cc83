package dev.crowdlab.init;

import dev.crowdlab.init.FoundTable.Use;
import dev.crowdlab.settings.DatasetSetting;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The lines of a file that make a dataset of the likeliest tables. */
final class ProposedTables {

    private static final int MAX_OTHERS = 5;
    private static final int MAX_NAME = 60;
    private static final List<String> EXAMPLE = List.of("negative", "neutral", "positive");

    private final FileLines file;
    private final FoundInput input;

    ProposedTables(FileLines file, FoundInput input) {
        this.file = file;
        this.input = input;
    }

    void add(Use annotations) {
        file.blank();
        file.open("crowdlab");
        file.open("datasets");
        file.comment(
                "The name of the dataset: letters, digits, _ and -. It cannot be changed later without beginning a new history.");
        file.openDataset(name(annotations));
        file.comment("Who gave which label to which example, a row per vote; annotated_at, when, is optional.");
        addAnnotations(annotations);
        addOthers(
                file,
                "Other tables that look like it:",
                input.annotations().stream().skip(1).toList());
        addPredictions();
        addClasses(annotations);
        file.comment("checks: # a result beyond one of these limits is not published, and the former one stays");
        file.comment("  max-rejected-share: 0.05");
        file.comment("  max-age: 36h");
        file.close();
        file.close();
        file.comment("retention:");
        file.comment("  runs: 2 # how many published runs keep their large tables");
        file.close();
        LeftOut.add(file, "These tables", input.leftOut());
        ProposedProjects.addLeftOut(file, input.projects());
    }

    private void addAnnotations(Use annotations) {
        Optional<ModelColumns> models = input.models().stream().findFirst();
        if (models.isEmpty()) {
            addQuery(DatasetSetting.ANNOTATIONS_QUERY.name(), annotations);
            return;
        }
        ModelColumns columns = models.get();
        file.comment("Below union all: the columns of " + columns.table().reference()
                + " that look like labels of language models, a row per label.");
        if (!columns.exampleName().equals(annotations.column(ColumnRole.EXAMPLE).orElse(""))) {
            file.comment(
                    "Make sure that " + FoundTable.quoted(columns.exampleName()) + " there names the same examples.");
        }
        addFilterAdvice(annotations);
        file.query(DatasetSetting.ANNOTATIONS_QUERY.name(), columns.queryWith(annotations));
        file.comment(
                "They are machines: they do not vote, and are judged by people on the examples that both labeled.");
        file.list(DatasetSetting.MACHINES.name(), columns.names());
        if (input.models().size() > 1) {
            file.comment("Other tables with labels of language models: "
                    + input.models().stream()
                            .skip(1)
                            .limit(MAX_OTHERS)
                            .map(other -> other.table().reference())
                            .collect(Collectors.joining(", ")));
        }
    }

    static String name(Use table) {
        String name = table.table().name().replaceAll("[^A-Za-z0-9_-]", "_").toLowerCase(Locale.ROOT);
        return name.substring(0, Math.min(name.length(), MAX_NAME));
    }

    private void addFilterAdvice(Use table) {
        if (table.filter().isPresent()) {
            file.comment(
                    "If some of its rows do not count, change the condition behind the dashes, and remove the dashes.");
        }
    }

    private void addQuery(String key, Use table) {
        addFilterAdvice(table);
        file.query(key, query(table));
    }

    /** The query, and behind dashes the condition that may be meant. */
    static String query(Use table) {
        return table.query()
                + table.filter().map(condition -> "\n-- where " + condition).orElse("");
    }

    /** Adds comments with the queries of further tables. */
    static void addOthers(FileLines file, String heading, List<Use> others) {
        if (others.isEmpty()) {
            return;
        }
        file.comment(heading);
        others.stream().limit(MAX_OTHERS).forEach(other -> file.comment("  " + other.queryOnOneLine()));
        if (others.size() > MAX_OTHERS) {
            file.comment("  and " + (others.size() - MAX_OTHERS) + " more");
        }
    }

    private void addPredictions() {
        file.comment(
                "What a classifier predicts: a row per example, model and class with its probability; or an array probabilities in the");
        file.comment("order of classes. Without it labels are judged only by the agreement of the annotators.");
        Optional<Use> predictions = input.predictions().stream().findFirst();
        if (predictions.isEmpty()) {
            file.comment("predictions-query: select ... as example_id, ... as label, ... as probability from ...");
            return;
        }
        Use best = predictions.get();
        if (best.needsClasses()) {
            file.comment(
                    "The array needs the classes, in its order: list them below, and remove the # before both settings.");
            file.commented(() -> addQuery(DatasetSetting.PREDICTIONS_QUERY.name(), best));
        } else {
            addQuery(DatasetSetting.PREDICTIONS_QUERY.name(), best);
            addAdvice(best);
        }
        addOthers(
                file,
                "Other tables that look like it:",
                input.predictions().stream().skip(1).toList());
    }

    private void addAdvice(Use predictions) {
        if (predictions.column(ColumnRole.DOCUMENT).isPresent()) {
            file.comment(
                    "It reads JSON objects by their keys. Arrays need the classes, in their order: without them it reads none.");
        } else {
            file.comment(
                    "If there is only one row per example, with the best class and its score, list the classes, and divide the rest:");
            file.comment("on-incomplete-prediction: spread");
        }
    }

    private void addClasses(Use annotations) {
        String label = FoundTable.quoted(annotations.column(ColumnRole.LABEL).orElseThrow());
        file.comment("List the classes. Without them every label that occurs becomes a class, even a misspelled one.");
        file.comment("select distinct " + label + " from " + annotations.table().reference());
        file.commented(() -> file.list(DatasetSetting.CLASSES.name(), EXAMPLE));
    }
}
