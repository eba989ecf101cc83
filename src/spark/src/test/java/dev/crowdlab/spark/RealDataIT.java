package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The published data sets with all their models, on Spark against the local job. They are not part of this project. */
@Tag("thorough")
class RealDataIT {

    private static final Path FOLDER = Path.of(System.getProperty("crowdlab.realdata", "../../../shared/realdata"));

    private static final List<String> DATA_SETS =
            List.of("adult2", "bluebirds", "ds1979", "fact_eval", "fleiss1971", "rte", "trec", "web");

    private static final String CREATE = """
            create table if not exists public.real_annotation (dataset text, example_id text, annotator_id text, label text);
            create table if not exists public.real_prediction (
                dataset text, model text, example_id text, label text, probability float8);""";

    private static String csv(Path file) throws IOException {
        try (InputStream text = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void load(Nights nights, String dataset) throws Exception {
        nights.execute("night", CREATE);
        Path folder = FOLDER.resolve(dataset);
        nights.copy(
                "public.real_annotation (example_id, annotator_id, label)",
                "header",
                csv(folder.resolve("annotations.csv.gz")));
        nights.execute("night", "update public.real_annotation set dataset = '" + dataset + "' where dataset is null");
        for (String model : List.of("predictions", "predictions_model2", "predictions_model3")) {
            Path file = folder.resolve(model + ".csv.gz");
            if (Files.exists(file)) {
                nights.copy("public.real_prediction (example_id, label, probability)", "header", csv(file));
                nights.execute(
                        "night",
                        "update public.real_prediction set dataset = '" + dataset + "', model = '" + model
                                + "' where dataset is null");
            }
        }
    }

    private static void add(Nights nights, String name, String dataset, List<String> options) throws Exception {
        List<String> settings = new ArrayList<>(List.of(
                "annotations-query: select example_id, annotator_id, label from public.real_annotation where dataset = '"
                        + dataset + "'",
                "predictions-query: select example_id, model, label, probability from public.real_prediction where dataset = '"
                        + dataset + "'",
                "checks: {max-rejected-share: 0.9}"));
        settings.addAll(options);
        nights.addQueries(name, "", settings);
    }

    @Test
    void everyTableIsThatOfTheLocalJob() throws Exception {
        List<String> names = new ArrayList<>();
        try (Nights nights = new Nights()) {
            for (String dataset : DATA_SETS) {
                load(nights, dataset);
                add(nights, dataset + "_plain", dataset, List.of());
                add(
                        nights,
                        dataset + "_options",
                        dataset,
                        List.of(
                                "consensus-methods: [committee, dawid_skene, majority_vote, best_quality]",
                                "calibrate-predictions: true",
                                "adjust-predictions: true",
                                "store-posterior: true",
                                "label-quality-score: normalized_margin"));
                names.addAll(List.of(dataset + "_plain", dataset + "_options"));
            }
            nights.begin("local", "spark");
            nights.runLocally("local");
            SparkProgram.Result result = SparkProgram.runAll(nights, "spark", names, 3);
            for (String name : names) {
                nights.assertSame(name, "local", "spark");
            }
            assertThat(nights.value("spark", "select count(*)::text from crowdlab.run where status = 'PUBLISHED'"))
                    .as(result.output())
                    .isEqualTo(String.valueOf(names.size()));
        }
    }
}
