package dev.crowdlab.cli.command;

import dev.crowdlab.cli.terminal.JsonDocument;
import dev.crowdlab.plan.GoldOrder.Asked;
import dev.crowdlab.text.SpreadsheetFormula;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The examples to ask an expert about, in the order in which they are to be asked.
 *
 * @param dataset whose they are
 * @param asked the examples
 * @param answered which of them have gold; null if that is not known
 */
record SampleFile(String dataset, Asked asked, @Nullable Set<String> answered) {

    private record Task(Example data) {}

    private record Example(
            String exampleId, int place, @Nullable Boolean hasGold, String dataset) {}

    private List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        for (String id : asked.exampleIds()) {
            Boolean hasGold = answered == null ? null : answered.contains(id);
            examples.add(new Example(id, examples.size() + 1, hasGold, dataset));
        }
        return examples;
    }

    /** A line for each, below a header; with an apostrophe before what a spreadsheet would compute, if that is wanted. */
    String csv(boolean isSpreadsheetSafe) {
        StringBuilder rows = new StringBuilder("place,example_id,has_gold\n");
        for (Example example : examples()) {
            String id = example.exampleId();
            rows.append(example.place())
                    .append(isSpreadsheetSafe && SpreadsheetFormula.is(id) ? ",\"'" : ",\"")
                    .append(id.replace("\"", "\"\""))
                    .append("\",")
                    .append(example.hasGold() == null ? "" : example.hasGold())
                    .append('\n');
        }
        return rows.toString();
    }

    /** Tasks to import into Label Studio. */
    String tasks() {
        return examples().stream()
                .map(example -> JsonDocument.compact(new Task(example)).toString())
                .collect(Collectors.joining("\n,", "[", "\n]\n"));
    }

    /** How many have gold. */
    int answeredCount() {
        return answered == null ? 0 : answered.size();
    }

    /** How many have gold before the first that has none. */
    int prefix() {
        List<String> ids = asked.exampleIds();
        return answered == null
                ? 0
                : IntStream.range(0, ids.size())
                        .filter(place -> !answered.contains(ids.get(place)))
                        .findFirst()
                        .orElse(ids.size());
    }
}
