package dev.crowdlab.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crowdlab.notification.LineageRun.Column;
import dev.crowdlab.notification.LineageRun.End;
import dev.crowdlab.notification.LineageRun.Output;
import dev.crowdlab.notification.LineageRun.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * Events of OpenLineage, as its specification 2-0-2 describes them. The versions of its facets are those of its own
 * client.
 *
 * @param namespace of the jobs
 * @param version of this program
 */
record LineageEvents(String namespace, String version) {

    private static final String PRODUCER = "https://github.com/crowdlab-etl/crowdlab-etl";
    private static final String SPEC = "https://openlineage.io/spec/";
    private static final String EVENT = SPEC + "2-0-2/OpenLineage.json#/$defs/RunEvent";

    /** Named as the specification asks for: the project, then what it is about. */
    private static final String OWN_FACET = "crowdlab_run";

    /**
     * The identifier of a run in all its events; of another run with that number, in a database that was restored,
     * another.
     */
    static UUID id(LineageRun run) {
        String name = String.join(
                " ", "crowdlab-etl", run.result().server(), run.result().name(), run.runId() + "", run.beganAt() + "");
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    }

    /** The event of its beginning. */
    ObjectNode start(LineageRun run) {
        return event("START", run.beganAt(), run);
    }

    /** The event of its end: COMPLETE, or FAIL if it did not publish for a reason. */
    ObjectNode end(LineageRun run, End end) {
        ObjectNode event = event(end.problem().isPresent() ? "FAIL" : "COMPLETE", end.at(), run);
        ObjectNode facets = (ObjectNode) event.path("run").path("facets");
        ((ObjectNode) facets.path(OWN_FACET)).put("status", end.status());
        end.problem().ifPresent(problem -> facet(facets, "errorMessage", "facets/1-0-1/ErrorMessageRunFacet")
                .put("message", problem)
                .put("programmingLanguage", "JAVA"));
        ArrayNode outputs = (ArrayNode) event.path("outputs");
        end.outputs().forEach(output -> add(outputs.addObject(), run.result(), output));
        return event;
    }

    private ObjectNode event(String type, Instant time, LineageRun run) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("eventType", type).put("eventTime", time.toString());
        event.put("producer", PRODUCER).put("schemaURL", EVENT);
        addRun(event.putObject("run"), run);
        addJob(event.putObject("job"), run);
        ArrayNode inputs = event.putArray("inputs");
        for (Table input : run.inputs()) {
            inputs.addObject().put("namespace", input.server()).put("name", input.name());
        }
        event.putArray("outputs");
        return event;
    }

    private void addRun(ObjectNode node, LineageRun run) {
        ObjectNode facets = node.put("runId", id(run).toString()).putObject("facets");
        facet(facets, "nominalTime", "facets/1-0-1/NominalTimeRunFacet")
                .put("nominalStartTime", run.asOf().toString());
        facet(facets, "processing_engine", "facets/1-1-1/ProcessingEngineRunFacet")
                .put("name", "crowdlab-etl")
                .put("version", version);
        facets.putObject(OWN_FACET)
                .put("_producer", PRODUCER)
                .put("_schemaURL", SPEC + "2-0-2/OpenLineage.json#/$defs/RunFacet")
                .put("run_id", run.runId());
    }

    private void addJob(ObjectNode node, LineageRun run) {
        ObjectNode facets =
                node.put("namespace", namespace).put("name", run.dataset()).putObject("facets");
        facet(facets, "jobType", "facets/2-0-3/JobTypeJobFacet")
                .put("processingType", "BATCH")
                .put("integration", "CROWDLAB")
                .put("jobType", "JOB");
        run.sql().ifPresent(sql -> facet(facets, "sql", "facets/1-1-0/SQLJobFacet")
                .put("query", sql)
                .put("dialect", "postgresql"));
    }

    private static void add(ObjectNode node, Table database, Output output) {
        node.put("namespace", database.server()).put("name", database.name() + "." + output.table());
        ArrayNode fields = facet(node.putObject("facets"), "schema", "facets/1-2-0/SchemaDatasetFacet")
                .putArray("fields");
        for (Column column : output.columns()) {
            fields.addObject().put("name", column.name()).put("type", column.type());
        }
        facet(node.putObject("outputFacets"), "outputStatistics", "facets/1-0-2/OutputStatisticsOutputDatasetFacet")
                .put("rowCount", output.rowCount());
    }

    /** Adds a facet; the last word of its schema is its type there. */
    private static ObjectNode facet(ObjectNode facets, String name, String schema) {
        String type = schema.substring(schema.lastIndexOf('/') + 1);
        return facets.putObject(name)
                .put("_producer", PRODUCER)
                .put("_schemaURL", SPEC + schema + ".json#/$defs/" + type);
    }
}
