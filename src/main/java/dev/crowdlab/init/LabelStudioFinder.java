package dev.crowdlab.init;

import dev.crowdlab.init.LabelingConfiguration.Questions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Looks for the tables of Label Studio, and reads the labeling configurations of its projects. */
final class LabelStudioFinder {

    /** The tables by which it is known, with columns of theirs. */
    static final Map<String, Set<String>> TABLES = Map.of(
            "task", Set.of("id", "project_id"),
            "task_completion", Set.of("task_id", "result", "was_cancelled", "ground_truth"),
            "prediction", Set.of("task_id", "result", "score", "model_version"),
            "project", Set.of("id", "title", "label_config"));

    private final Connection connection;
    private final List<FoundChoices> choices = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final List<LeftOut> otherQuestions = new ArrayList<>();

    private LabelStudioFinder(Connection connection) {
        this.connection = connection;
    }

    /** What there is of it in these tables. */
    static FoundProjects find(Connection connection, Collection<FoundTable> tables) throws SQLException {
        LabelStudioFinder finder = new LabelStudioFinder(connection);
        Set<String> schemas = tables.stream().map(FoundTable::schema).collect(Collectors.toCollection(TreeSet::new));
        for (String schema : schemas) {
            Map<String, FoundTable> ofSchema = tables.stream()
                    .filter(table -> table.schema().equals(schema))
                    .collect(Collectors.toMap(FoundTable::name, table -> table));
            boolean isThere =
                    TABLES.entrySet().stream().allMatch(table -> has(ofSchema.get(table.getKey()), table.getValue()));
            if (isThere) {
                finder.read(schema, has(ofSchema.get("project"), Set.of("deleted_at")));
            }
        }
        return new FoundProjects(
                finder.choices,
                finder.leftOut,
                finder.otherQuestions,
                new LabelStudioRights(connection).missing(TABLES));
    }

    private static boolean has(@Nullable FoundTable table, Set<String> columns) {
        return table != null
                && table.columns().stream().map(FoundColumn::name).toList().containsAll(columns);
    }

    private void read(String schema, boolean isMarkedWhenDeleted) throws SQLException {
        String query = "select id, title, label_config from " + FoundTable.quoted(schema) + ".project"
                + (isMarkedWhenDeleted ? " where deleted_at is null" : "") + " order by id";
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                add(schema, rows.getLong(1), text(rows.getString(2)), text(rows.getString(3)));
            }
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private void add(String schema, long project, String title, String configuration) {
        String name = FoundChoices.name(project, title);
        try {
            if (configuration.isBlank()) {
                leftOut.add(new LeftOut(name, "no labeling configuration"));
                return;
            }
            Questions asked = LabelingConfiguration.questions(configuration);
            asked.questions()
                    .forEach(question ->
                            choices.add(new FoundChoices(schema, project, title, question.name(), question.classes())));
            String others = String.join(" and ", asked.others());
            if (asked.questions().isEmpty()) {
                leftOut.add(new LeftOut(name, others.isEmpty() ? "no questions" : others));
            } else if (!others.isEmpty()) {
                otherQuestions.add(new LeftOut(name, others));
            }
        } catch (XMLStreamException notXml) {
            leftOut.add(new LeftOut(name, "a labeling configuration that is not XML"));
        }
    }
}
