package dev.crowdlab.proposal;

import dev.crowdlab.proposal.FoundTable.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The text of an {@code application.yml} with comments. */
public final class ProposedFile {

    private static final int MAX_OTHERS = 5;

    private final List<String> lines = new ArrayList<>();

    private ProposedFile() {}

    /**
     * How to connect, as far as it is known.
     *
     * @param url without secrets; empty: not known, or it has one
     * @param user empty: not known, or none
     * @param hasPassword whether one was needed
     */
    public record Login(Optional<String> url, Optional<String> user, boolean hasPassword) {}

    /**
     * The text, with a dataset for the likeliest tables, and with the others in comments.
     *
     * @param results the database of the results
     * @param source the database of the annotations; empty: the same
     */
    public static String text(Login results, Optional<Login> source, FoundInput input) {
        ProposedFile file = new ProposedFile();
        file.add(
                "# Proposed settings of crowdlab-etl. Check every line, then call: crowdlab validate",
                "# The page on configuration explains every setting; crowdlab config prints those that hold.",
                "");
        file.addLogins(results, source);
        Optional<Use> annotations = input.annotations().stream().findFirst();
        if (input.projects().datasetCount() > 0) {
            file.lines.addAll(ProposedProjects.lines(input.projects()));
        } else if (annotations.isPresent()) {
            file.addDataset(annotations.get(), input);
        } else {
            file.addExample();
        }
        return String.join("\n", file.lines) + "\n";
    }

    private void add(String... more) {
        lines.addAll(List.of(more));
    }

    private void addLogins(Login results, Optional<Login> source) {
        add("# The database of the results, which go to its schemas crowdlab and crowdlab_bi"
                + (source.isPresent() ? "." : "; the queries run there, too, unless"));
        if (source.isEmpty()) {
            add("# crowdlab.source.url names another one.");
        }
        addLogin("spring.datasource", "ETL", results);
        source.ifPresent(login -> {
            add("", "# The database of the annotations, where the queries run.");
            addLogin("crowdlab.source", "SOURCE", login);
        });
    }

    private void addLogin(String section, String variable, Login login) {
        add(
                section + ":",
                "  url: " + login.url().map(FileText::quoted).orElse("${" + variable + "_URL}"),
                "  username: " + login.user().map(FileText::quoted).orElse("${" + variable + "_USER}"),
                (login.hasPassword() ? "  " : "  # ") + "password: ${" + variable
                        + "_PASSWORD} # a variable of the environment: passwords do not belong in files");
    }

    private void addDataset(Use annotations, FoundInput input) {
        add(
                "",
                "crowdlab:",
                "  datasets:",
                "    # The name of the dataset: letters, digits, _ and -. It cannot be changed later without beginning a new history.",
                "    " + name(annotations) + ":",
                "      # Who gave which label to which example, a row per vote; annotated_at, when, is optional.",
                "      annotations-query: |");
        addQuery("        ", annotations);
        addOthers(input.annotations().stream().skip(1).toList());
        Optional<Use> predictions = input.predictions().stream().findFirst();
        add(
                "      # What a classifier predicts: a row per example, model and class with its probability; or an array probabilities in the");
        add("      # order of classes. Without it labels are judged only by the agreement of the annotators.");
        if (predictions.isPresent()) {
            add("      predictions-query: |");
            addQuery("        ", predictions.get());
            addOthers(input.predictions().stream().skip(1).toList());
        } else {
            add("      # predictions-query: select … as example_id, … as label, … as probability from …");
        }
        addClasses(annotations, predictions);
        add(
                "      # checks: # a result beyond one of these limits is not published, and the former one stays",
                "      #   max-rejected-share: 0.05",
                "      #   max-age: 36h",
                "  # retention:",
                "  #   runs: 2 # how many published runs keep their large tables");
    }

    private static String name(Use table) {
        String name = table.table().name().replaceAll("[^A-Za-z0-9_-]", "_").toLowerCase(Locale.ROOT);
        return "'" + name.substring(0, Math.min(name.length(), 60)) + "'";
    }

    private void addQuery(String indent, Use table) {
        table.query().lines().forEach(line -> add(indent + line));
    }

    private void addOthers(List<Use> others) {
        if (!others.isEmpty()) {
            add("      # Other tables that look like it:");
            others.stream()
                    .limit(MAX_OTHERS)
                    .forEach(other -> add("      #   " + other.query().replace("\n", " ")));
        }
    }

    private void addClasses(Use annotations, Optional<Use> predictions) {
        String label = FoundTable.quoted(annotations.column(ColumnRole.LABEL).orElseThrow());
        String list =
                "select distinct " + label + " from " + annotations.table().reference();
        boolean isNeeded =
                predictions.flatMap(use -> use.column(ColumnRole.PROBABILITIES)).isPresent();
        add("      # List the classes" + (isNeeded ? ", in the order of the array: it needs them" : "")
                + ". Without them every label that occurs becomes a class, even a misspelled one.");
        add("      # " + list);
        add("      # classes: [negative, neutral, positive]");
    }

    private void addExample() {
        add(
                "",
                "# No table is known that looks like annotations. A dataset looks like this:",
                "# crowdlab:",
                "#   datasets:",
                "#     sentiment:",
                "#       annotations-query: select task_id as example_id, worker as annotator_id, label from tasks.vote",
                "#       predictions-query: select task_id as example_id, label, probability from tasks.prediction",
                "#       classes: [negative, neutral, positive]");
    }
}
