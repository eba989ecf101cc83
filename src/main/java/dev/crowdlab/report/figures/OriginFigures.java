package dev.crowdlab.report.figures;

import java.util.List;
import java.util.Map;

/**
 * Where a result comes from.
 *
 * @param settings settings of the dataset by name, in a fixed order
 * @param models the models
 * @param record hashes, digests, versions by name, in a fixed order
 * @param queries queries and who started the run, by name; empty unless asked for
 */
public record OriginFigures(
        List<Setting> settings, List<Model> models, Map<String, String> record, Map<String, String> queries) {

    /** A setting's value, and whether it is what it is unless somebody sets it. */
    public record Setting(String name, String value, boolean isDefault) {}

    /** A model with its weight, temperature and share of the labeled examples; NaN where it has none. */
    public record Model(String name, double weight, double temperature, double coverage) {}
}
