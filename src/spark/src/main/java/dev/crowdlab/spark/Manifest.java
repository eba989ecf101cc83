package dev.crowdlab.spark;

import dev.crowdlab.results.copy.WrittenTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The last file of a run, which describes the others. */
final class Manifest {

    private Manifest() {}

    /** Returns numbers, texts and maps, in the order of their keys, to which others can be added. */
    static Map<String, Object> of(SparkRunContext context, String inputDigest, List<WrittenTable> tables) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("dataset", context.run().settings().name());
        manifest.put("run_id", context.runId());
        manifest.put("as_of", context.run().asOf().toString());
        manifest.put("software_version", context.run().softwareVersion());
        manifest.put("settings", context.run().settings().recorded());
        manifest.put("input_digest", inputDigest);
        manifest.put("output_digest", WrittenTable.outputDigest(tables));
        Map<String, Object> rows = new TreeMap<>();
        tables.forEach(table -> rows.put(
                table.definition().name(), Map.of("row_count", table.writtenRows(), "digest", table.digest())));
        manifest.put("tables", rows);
        return manifest;
    }
}
