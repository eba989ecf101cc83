package dev.crowdlab.init;

import dev.crowdlab.init.FoundTable.Use;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An {@code application.yml} with comments.
 *
 * @param text printable ASCII
 * @param texts what it is to set, by the names of the settings
 * @param variables the variables that it is to refer to, by the names of the settings
 */
public record ProposedFile(String text, Map<String, String> texts, Map<String, String> variables) {

    public ProposedFile {
        texts = Map.copyOf(new LinkedHashMap<>(texts));
        variables = Map.copyOf(new LinkedHashMap<>(variables));
    }

    /**
     * How to connect, as far as it is known.
     *
     * @param url without secrets; empty: not known, or it has one
     * @param user empty: not known, or none
     * @param password the variable that has it; empty: the default one may have one, but none was needed
     */
    public record Login(Optional<String> url, Optional<String> user, Optional<String> password) {}

    /**
     * The file, with a dataset for the likeliest tables, and with the others in comments.
     *
     * @param results the database of the results
     * @param source the database of the annotations; empty: the same
     */
    public static ProposedFile of(Login results, Optional<Login> source, FoundInput input) {
        FileLines file = new FileLines();
        file.comment("Proposed settings of crowdlab-etl. Check every line, then call: crowdlab validate");
        file.comment("The page on configuration explains every setting; crowdlab config prints those that hold.");
        file.blank();
        addLogins(file, results, source);
        Optional<Use> annotations = input.annotations().stream().findFirst();
        if (input.projects().datasetCount() > 0) {
            ProposedProjects.add(file, input);
        } else if (annotations.isPresent()) {
            new ProposedTables(file, input).add(annotations.get());
        } else {
            addExample(file, input);
        }
        return file.file();
    }

    private static void addLogins(FileLines file, Login results, Optional<Login> source) {
        file.comment("The database of the results, which go to its schemas crowdlab and crowdlab_bi"
                + (source.isPresent() ? "." : "; the queries run there, too, unless"));
        if (source.isEmpty()) {
            file.comment("crowdlab.source.url names another one.");
        }
        addLogin(file, "spring.datasource", "ETL", results);
        source.ifPresent(login -> {
            file.blank();
            file.comment("The database of the annotations, where the queries run.");
            addLogin(file, "crowdlab.source", "SOURCE", login);
        });
    }

    private static void addLogin(FileLines file, String section, String prefix, Login login) {
        file.open(section);
        login.url().ifPresentOrElse(url -> file.text("url", url), () -> file.variable("url", prefix + "_URL", ""));
        login.user()
                .ifPresentOrElse(
                        user -> file.text("username", user), () -> file.variable("username", prefix + "_USER", ""));
        Runnable password = () -> file.variable(
                "password",
                login.password().orElse(prefix + "_PASSWORD"),
                " # a variable of the environment: passwords do not belong in files");
        if (login.password().isPresent()) {
            password.run();
        } else {
            file.commented(password);
        }
        file.close();
    }

    private static void addExample(FileLines file, FoundInput input) {
        file.blank();
        file.comment("No table is known that looks like annotations. A dataset looks like this:");
        for (String line : """
                crowdlab:
                  datasets:
                    sentiment:
                      annotations-query: select task_id as example_id, worker as annotator_id, label from tasks.vote
                      predictions-query: select task_id as example_id, label, probability from tasks.prediction
                      classes: [negative, neutral, positive]""".split("\n", -1)) {
            file.comment(line);
        }
        LeftOut.add(file, "These tables", input.leftOut());
        ProposedProjects.addLeftOut(file, input.projects());
    }
}
