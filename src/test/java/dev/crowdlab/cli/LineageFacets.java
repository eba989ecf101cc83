package dev.crowdlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the published schemas of OpenLineage's facets say of those that events of this program have: of which entity, in which
 * version, which fields are required, and of what type all are. Taken from spec/facets in the specification's repository; the
 * versions are those of the client there.
 */
final class LineageFacets {

    private static final String SPEC = "https://openlineage.io/spec/";
    private static final JsonNodeType TEXT = JsonNodeType.STRING;
    private static final JsonNodeType NUMBER = JsonNodeType.NUMBER;

    /** The facets by key: those of runs, of jobs, of datasets, of what is written to datasets. */
    private static final Map<String, Map<String, Facet>> FACETS = Map.of(
            "run",
            Map.of(
                    "nominalTime",
                    facet(
                            "1-0-1/NominalTimeRunFacet",
                            Set.of("nominalStartTime"),
                            Map.of("nominalStartTime", TEXT, "nominalEndTime", TEXT)),
                    "processing_engine",
                    facet(
                            "1-1-1/ProcessingEngineRunFacet",
                            Set.of("version"),
                            Map.of("version", TEXT, "name", TEXT, "openlineageAdapterVersion", TEXT)),
                    "errorMessage",
                    facet(
                            "1-0-1/ErrorMessageRunFacet",
                            Set.of("message", "programmingLanguage"),
                            Map.of("message", TEXT, "programmingLanguage", TEXT, "stackTrace", TEXT)),
                    "crowdlab_run",
                    new Facet(
                            SPEC + "2-0-2/OpenLineage.json#/$defs/RunFacet",
                            Set.of("run_id"),
                            Map.of("run_id", NUMBER, "status", TEXT))),
            "job",
            Map.of(
                    "jobType",
                    facet(
                            "2-0-3/JobTypeJobFacet",
                            Set.of("processingType", "integration"),
                            Map.of("processingType", TEXT, "integration", TEXT, "jobType", TEXT)),
                    "sql",
                    facet("1-1-0/SQLJobFacet", Set.of("query"), Map.of("query", TEXT, "dialect", TEXT))),
            "outputs",
            Map.of(
                    "schema",
                    facet("1-2-0/SchemaDatasetFacet", Set.of(), Map.of("fields", JsonNodeType.ARRAY)),
                    "outputStatistics",
                    facet(
                            "1-0-2/OutputStatisticsOutputDatasetFacet",
                            Set.of(),
                            Map.of("rowCount", NUMBER, "size", NUMBER, "fileCount", NUMBER))));

    private static final Set<String> DATASET_KEYS =
            Set.of("namespace", "name", "facets", "inputFacets", "outputFacets");

    private LineageFacets() {}

    private record Facet(String schema, Set<String> required, Map<String, JsonNodeType> types) {}

    private static Facet facet(String schema, Set<String> required, Map<String, JsonNodeType> types) {
        return new Facet(
                SPEC + "facets/" + schema + ".json#/$defs/" + schema.substring(schema.indexOf('/') + 1),
                required,
                types);
    }

    /** Asserts that each facet of an event is one of its entity and as its schema says. */
    static void assertAllowed(JsonNode event) {
        assertAllowed("run", event.path("run").path("facets"));
        assertAllowed("job", event.path("job").path("facets"));
        for (JsonNode output : event.path("outputs")) {
            assertThat(DATASET_KEYS).containsAll(names(output));
            assertThat(names(output.path("facets"))).isSubsetOf("schema");
            assertThat(names(output.path("outputFacets"))).isSubsetOf("outputStatistics");
            assertAllowed("outputs", output.path("facets"));
            assertAllowed("outputs", output.path("outputFacets"));
            output.path("facets").path("schema").path("fields").forEach(field -> {
                assertThat(field.path("name").isTextual()).isTrue();
                assertThat(Set.of("name", "type", "description", "ordinal_position", "fields"))
                        .containsAll(names(field));
            });
        }
        for (JsonNode input : event.path("inputs")) {
            assertThat(DATASET_KEYS).containsAll(names(input));
        }
        assertThat(Instant.parse(event.path("run")
                        .path("facets")
                        .path("nominalTime")
                        .path("nominalStartTime")
                        .textValue()))
                .isNotNull();
    }

    private static void assertAllowed(String entity, JsonNode facets) {
        for (String key : names(facets)) {
            JsonNode found = facets.path(key);
            Facet facet = FACETS.get(entity).get(key);
            assertThat(facet).as("facet %s of %s", key, entity).isNotNull();
            assertThat(found.path("_schemaURL").textValue()).isEqualTo(facet.schema());
            assertThat(URI.create(found.path("_producer").textValue()).isAbsolute())
                    .isTrue();
            assertThat(names(found)).as(key).containsAll(facet.required());
            for (String field : names(found)) {
                if (!field.startsWith("_")) {
                    assertThat(found.path(field).getNodeType())
                            .as("%s of %s", field, key)
                            .isEqualTo(facet.types().get(field));
                }
            }
        }
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
