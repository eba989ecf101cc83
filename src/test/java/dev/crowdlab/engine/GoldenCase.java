package dev.crowdlab.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.quality.LabelQualityScore;
import dev.crowdlab.engine.quality.QualityMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One file of src/test/resources/golden, with its ids as dense indices; see the README there. */
public record GoldenCase(JsonNode json, List<String> classes, List<String> examples, List<String> annotators) {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    public static List<GoldenCase> all() {
        ObjectMapper mapper = new ObjectMapper();
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<GoldenCase> cases = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                cases.add(of(mapper.readTree(file.toFile())));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GoldenCase of(JsonNode json) {
        List<String> classes = new ArrayList<>();
        json.get("classes").forEach(name -> classes.add(name.asText()));
        TreeSet<String> examples = new TreeSet<>();
        TreeSet<String> annotators = new TreeSet<>();
        for (JsonNode annotation : json.get("annotations")) {
            examples.add(annotation.get(0).asText());
            annotators.add(annotation.get(1).asText());
        }
        return new GoldenCase(json, classes, List.copyOf(examples), List.copyOf(annotators));
    }

    public Options options() {
        JsonNode options = json.get("options");
        return Options.defaults()
                .withConsensus(ConsensusMethod.valueOf(option("consensus_method")))
                .withQuality(QualityMethod.valueOf(option("quality_method")))
                .withScore(
                        LabelQualityScore.valueOf(option("label_quality_score")),
                        options.get("adjust").asBoolean())
                .withCalibration(options.get("calibrate").asBoolean());
    }

    private String option(String name) {
        return json.get("options").get(name).asText().toUpperCase(Locale.ROOT);
    }

    /** Returns the predictions of the examples that nobody labeled, in the order of the file. */
    Predictions unlabeled() {
        List<double[]> models = new ArrayList<>();
        int exampleCount = 0;
        for (String model : modelNames()) {
            JsonNode examples = json.path("unlabeled_models").path(model);
            exampleCount = examples.size();
            double[] probabilities = new double[exampleCount * classes.size()];
            int index = 0;
            for (JsonNode row : examples) {
                for (JsonNode probability : row) {
                    probabilities[index++] = probability.asDouble();
                }
            }
            models.add(probabilities);
        }
        return new Predictions(exampleCount, classes.size(), models);
    }

    private List<String> modelNames() {
        List<String> names = new ArrayList<>();
        json.get("models").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Returns for each row of the file its position in {@link #dataSet}. */
    public List<Integer> positions() {
        Map<String, Integer> positionByKey = new HashMap<>();
        for (int[] row : sortedRows()) {
            positionByKey.put(row[0] + " " + row[1], positionByKey.size());
        }
        List<Integer> positions = new ArrayList<>();
        for (int[] row : rows()) {
            positions.add(positionByKey.get(row[0] + " " + row[1]));
        }
        return positions;
    }

    public DataSet dataSet() {
        return DataSet.of(classes.size(), annotators.size(), sortedRows(), models());
    }

    private List<int[]> sortedRows() {
        List<int[]> rows = rows();
        rows.sort((row, other) -> row[0] != other[0] ? row[0] - other[0] : row[1] - other[1]);
        return rows;
    }

    private List<int[]> rows() {
        List<int[]> rows = new ArrayList<>();
        for (JsonNode annotation : json.get("annotations")) {
            rows.add(new int[] {
                examples.indexOf(annotation.get(0).asText()),
                annotators.indexOf(annotation.get(1).asText()),
                classes.indexOf(annotation.get(2).asText())
            });
        }
        return rows;
    }

    private List<double[]> models() {
        List<double[]> models = new ArrayList<>();
        for (JsonNode model : json.get("models")) {
            double[] probabilities = new double[examples.size() * classes.size()];
            for (int index = 0; index < probabilities.length; index++) {
                String example = examples.get(index / classes.size());
                probabilities[index] =
                        model.get(example).get(index % classes.size()).asDouble();
            }
            models.add(probabilities);
        }
        return models;
    }

    @Override
    public String toString() {
        return json.get("name").asText() + ": " + json.get("note").asText();
    }
}
