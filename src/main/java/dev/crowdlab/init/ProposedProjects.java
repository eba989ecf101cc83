package dev.crowdlab.init;

import dev.crowdlab.init.FoundTable.Use;
import dev.crowdlab.settings.DatasetSetting;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The lines of a file that make datasets of the projects of Label Studio. */
final class ProposedProjects {

    private static final int MAX = 200;
    private static final int MAX_TABLES = 20;
    private static final int MAX_NAME = 60;

    private final FileLines file;
    private final FoundProjects found;
    private final Set<String> names = new HashSet<>();

    private ProposedProjects(FileLines file, FoundProjects found) {
        this.file = file;
        this.found = found;
    }

    static void add(FileLines file, FoundInput input) {
        FoundProjects found = input.projects();
        file.blank();
        file.comment(
                "The tables of Label Studio are here: a dataset for each question of a project that takes one answer for a task, with the");
        file.comment("choices of its labeling configuration as classes.");
        file.open("crowdlab");
        file.open("datasets");
        ProposedProjects proposed = new ProposedProjects(file, found);
        found.choices().stream().limit(MAX).forEach(proposed::add);
        if (found.choices().size() > MAX) {
            file.comment("There are " + (found.choices().size() - MAX) + " more.");
        }
        proposed.addTables(input.annotations());
        file.close();
        file.close();
        addLeftOut(file, found);
        if (!input.predictions().isEmpty()) {
            file.blank();
            ProposedTables.addOthers(
                    file,
                    "These tables look like predictions, and could be the predictions-query of a dataset with an annotations-query:",
                    input.predictions());
        }
        LeftOut.add(
                file,
                "Other tables",
                input.leftOut().stream()
                        .filter(table -> !found.readsTable(table.name()))
                        .toList());
    }

    /** Datasets of tables that only look like annotations, which become a part of the file when their # are removed. */
    private void addTables(List<Use> annotations) {
        if (annotations.isEmpty()) {
            return;
        }
        file.comment("These tables look like annotations as well; remove the # before a dataset to read its table.");
        annotations.stream()
                .limit(MAX_TABLES)
                .forEach(table -> file.commented(() -> {
                    file.openDataset(unique(ProposedTables.name(table)));
                    file.query(DatasetSetting.ANNOTATIONS_QUERY.name(), ProposedTables.query(table));
                    file.close();
                }));
        if (annotations.size() > MAX_TABLES) {
            file.comment("There are " + (annotations.size() - MAX_TABLES) + " more.");
        }
    }

    /** Says for each project what there is no dataset for, and why. */
    static void addLeftOut(FileLines file, FoundProjects found) {
        LeftOut.add(file, "Projects of Label Studio without such a question", found.leftOut());
        LeftOut.add(file, "Other questions of projects", found.otherQuestions());
    }

    private void add(FoundChoices choices) {
        file.comment("P" + FoundChoices.name(choices.project(), choices.title()).substring(1)
                + (choices.isComplete() ? "" : "; its choices are in the tasks' data: list them as classes"));
        if (choices.isComplete()) {
            addDataset(choices);
        } else {
            file.commented(() -> addDataset(choices));
        }
    }

    private void addDataset(FoundChoices choices) {
        file.openDataset(name(choices));
        file.word(DatasetSetting.SOURCE.name(), "label-studio");
        file.number(DatasetSetting.PROJECT.name(), choices.project());
        file.text(DatasetSetting.FROM_NAME.name(), choices.fromName());
        if (!choices.schema().equals("public")) {
            file.text(DatasetSetting.SCHEMA.name(), choices.schema());
        }
        file.list(DatasetSetting.CLASSES.name(), choices.classes());
        file.close();
    }

    /** The project's, and if it has several questions that of the question, too. */
    private String name(FoundChoices choices) {
        boolean isOnly = found.choices().stream()
                        .filter(other -> other.project() == choices.project())
                        .count()
                == 1;
        String question = choices.fromName()
                .replaceAll("[^A-Za-z0-9]+", " ")
                .strip()
                .replace(' ', '-')
                .toLowerCase(Locale.ROOT);
        String name = "project-" + choices.project()
                + (isOnly ? "" : "-" + question.substring(0, Math.min(question.length(), MAX_NAME)));
        return unique(name);
    }

    private String unique(String name) {
        String unique = name;
        for (int number = 2; !names.add(unique.replace("-", "")); number++) {
            unique = name + "-" + number;
        }
        return unique;
    }
}
