package dev.crowdlab.engine;

import dev.crowdlab.engine.pass.Predictions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A published data set from a folder with annotations.csv.gz, truth.csv.gz, predictions.csv.gz and those of further models, and the
 * names of the classes in meta.json. Equal annotations of the same example and annotator count once, different ones not at all.
 *
 * @param data with all models
 * @param truth [examples] the true class, -1 if unknown
 * @param examples their ids
 * @param annotators their ids
 */
@SuppressWarnings("ArrayRecordComponent")
public record PublishedDataSet(DataSet data, int[] truth, List<String> examples, List<String> annotators) {

    /** Where the data sets are. */
    static final Path FOLDER = Path.of(System.getProperty("crowdlab.realdata", "../shared/realdata"));

    private static final int BINS = 10;
    private static final Pattern CLASSES = Pattern.compile("\"classes\": \\[([^]]*)]");
    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

    public static PublishedDataSet read(String name) throws IOException {
        Path folder = FOLDER.resolve(name);
        Map<String, Integer> classes = classes(Files.readString(folder.resolve("meta.json")));
        Map<List<String>, TreeSet<String>> given = new LinkedHashMap<>();
        for (String[] row : rows(folder, "annotations")) {
            given.computeIfAbsent(List.of(row[0], row[1]), pair -> new TreeSet<>())
                    .add(row[2]);
        }
        given.values().removeIf(labels -> labels.size() > 1);
        Map<String, Integer> examples =
                numbers(given.keySet().stream().map(pair -> pair.get(0)).toList());
        Map<String, Integer> annotators =
                numbers(given.keySet().stream().map(pair -> pair.get(1)).toList());
        List<int[]> rows = new ArrayList<>();
        given.forEach((pair, labels) -> rows.add(
                new int[] {examples.get(pair.get(0)), annotators.get(pair.get(1)), classes.get(labels.first())}));
        rows.sort((row, other) -> row[0] != other[0] ? row[0] - other[0] : row[1] - other[1]);
        List<double[]> models = new ArrayList<>();
        for (String file : List.of("predictions", "predictions_model2", "predictions_model3")) {
            if (Files.exists(folder.resolve(file + ".csv.gz"))) {
                models.add(probabilities(rows(folder, file), examples, classes));
            }
        }
        int[] truth = new int[examples.size()];
        Arrays.fill(truth, -1);
        if (Files.exists(folder.resolve("truth.csv.gz"))) {
            for (String[] row : rows(folder, "truth")) {
                if (examples.containsKey(row[0]) && classes.containsKey(row[1])) {
                    truth[examples.get(row[0])] = classes.get(row[1]);
                }
            }
        }
        return new PublishedDataSet(
                DataSet.of(classes.size(), annotators.size(), rows, models),
                truth,
                List.copyOf(examples.keySet()),
                List.copyOf(annotators.keySet()));
    }

    private static Map<String, Integer> classes(String json) {
        Matcher list = CLASSES.matcher(json);
        list.find();
        Map<String, Integer> classes = new HashMap<>();
        TEXT.matcher(list.group(1)).results().forEach(name -> classes.put(name.group(1), classes.size()));
        return classes;
    }

    private static Map<String, Integer> numbers(List<String> names) {
        Map<String, Integer> numbers = new TreeMap<>();
        names.forEach(name -> numbers.put(name, 0));
        int next = 0;
        for (Map.Entry<String, Integer> entry : numbers.entrySet()) {
            entry.setValue(next++);
        }
        return numbers;
    }

    private static double[] probabilities(
            List<String[]> rows, Map<String, Integer> examples, Map<String, Integer> classes) {
        double[] probabilities = new double[examples.size() * classes.size()];
        for (String[] row : rows) {
            Integer example = examples.get(row[0]);
            if (example != null) {
                probabilities[example * classes.size() + classes.get(row[1])] = Double.parseDouble(row[2]);
            }
        }
        return probabilities;
    }

    private static List<String[]> rows(Path folder, String file) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(file + ".csv.gz"))), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map(line -> line.split(",", -1)).toList();
        }
    }

    /** Returns the data set with the first models alone. */
    DataSet withModels(int count) {
        int classCount = data.annotations().classCount();
        int exampleCount = data.annotations().exampleCount();
        List<double[]> models = new ArrayList<>();
        for (int model = 0; model < count; model++) {
            double[] probabilities = new double[exampleCount * classCount];
            for (int index = 0; index < probabilities.length; index++) {
                probabilities[index] = data.predictions().probability(model, index / classCount, index % classCount);
            }
            models.add(probabilities);
        }
        return new DataSet(data.annotations(), new Predictions(exampleCount, classCount, models));
    }

    /** Returns the share of right labels, where the truth is known; NaN if nowhere. */
    double accuracy(Consensus consensus) {
        int known = 0;
        int right = 0;
        for (int example = 0; example < truth.length; example++) {
            known += truth[example] >= 0 ? 1 : 0;
            right += truth[example] == consensus.label(example) ? 1 : 0;
        }
        return (double) right / known;
    }

    /** Returns the mean distance of the qualities from the shares of right labels, in ten bins of quality weighted by their sizes. */
    double calibrationError(Consensus consensus) {
        double[] qualities = new double[BINS];
        double[] rights = new double[BINS];
        double total = 0;
        for (int example = 0; example < truth.length; example++) {
            if (truth[example] >= 0) {
                int bin = Math.min(BINS - 1, (int) (BINS * consensus.quality(example)));
                qualities[bin] += consensus.quality(example);
                rights[bin] += truth[example] == consensus.label(example) ? 1 : 0;
                total += 1;
            }
        }
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            error += Math.abs(qualities[bin] - rights[bin]) / total;
        }
        return error;
    }

    /** Returns how probable it is that a right label has a higher quality than a wrong one, an equal one counting for a half. */
    double ranking(Consensus consensus) {
        List<Double> right = new ArrayList<>();
        List<Double> wrong = new ArrayList<>();
        for (int example = 0; example < truth.length; example++) {
            if (truth[example] >= 0) {
                (truth[example] == consensus.label(example) ? right : wrong).add(consensus.quality(example));
            }
        }
        double higher = 0;
        for (double one : right) {
            for (double other : wrong) {
                higher += one > other ? 1 : one == other ? 0.5 : 0;
            }
        }
        return higher / right.size() / wrong.size();
    }
}
