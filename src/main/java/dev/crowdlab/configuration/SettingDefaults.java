package dev.crowdlab.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings with their defaults, from the file that describes them to editors. */
final class SettingDefaults {

    private static final String FILE = "META-INF/spring-configuration-metadata.json";

    /** Stands for the name of a dataset there. */
    private static final String DATASET = "crowdlab.datasets.NAME.";

    private final Map<String, String> general = new LinkedHashMap<>();
    private final Map<String, String> ofDatasets = new LinkedHashMap<>();

    /** Reads the file. */
    SettingDefaults() {
        try {
            for (URL file :
                    Collections.list(SettingDefaults.class.getClassLoader().getResources(FILE))) {
                try (InputStream content = file.openStream()) {
                    new ObjectMapper().readTree(content).path("properties").forEach(this::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        general.put("crowdlab.threads", String.valueOf(Runtime.getRuntime().availableProcessors()));
    }

    private void add(JsonNode property) {
        String name = property.path("name").asText();
        if (name.startsWith(DATASET)) {
            ofDatasets.put(name.substring(DATASET.length()), value(property.path("defaultValue")));
        } else if (name.startsWith("crowdlab.")) {
            general.put(name, value(property.path("defaultValue")));
        }
    }

    private static String value(JsonNode standard) {
        if (!standard.isArray()) {
            return standard.asText();
        }
        List<String> elements = new ArrayList<>();
        standard.forEach(element -> elements.add(element.asText()));
        return String.join(", ", elements);
    }

    /**
     * By name, the default of each setting; empty: it has none.
     *
     * @param datasets names of datasets
     */
    Map<String, String> of(Iterable<String> datasets) {
        Map<String, String> all = new LinkedHashMap<>();
        datasets.forEach(dataset ->
                ofDatasets.forEach((key, value) -> all.put("crowdlab.datasets." + dataset + "." + key, value)));
        all.putAll(general);
        return all;
    }
}
