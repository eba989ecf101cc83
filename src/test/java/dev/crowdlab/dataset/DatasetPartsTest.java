package dev.crowdlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.dataset.id.RowDigest;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.OrderIndependenceTest;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.testing.Slow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A dataset built in parts, each from the rows of some examples, against the same built as a whole. */
class DatasetPartsTest {

    private static final int DATASETS = Slow.cases(20, 100);

    @Test
    void partsTogetherAreTheWhole() {
        int usable = 0;
        for (long seed = 0; seed < DATASETS; seed++) {
            Random random = new Random(seed);
            InputRules rules = OrderIndependenceTest.rules(random);
            InputRows rows = OrderIndependenceTest.rows(random);
            int partCount = 1 + random.nextInt(4);
            Dataset whole;
            try {
                whole = rows.dataset(rules);
            } catch (UnusableInputException e) {
                assertThatThrownBy(() -> Parts.of(rows, rules, partCount)).isInstanceOf(UnusableInputException.class);
                continue;
            }
            Parts.of(rows, rules, partCount).assertSame(whole, rows, "seed " + seed);
            usable++;
        }
        assertThat(usable).isGreaterThan(DATASETS / 2);
    }

    private record Parts(List<Dataset> parts, InputNames names, DatasetTotals totals) {

        static Parts of(InputRows rows, InputRules rules, int partCount) {
            List<AnnotationRows> annotations = new ArrayList<>();
            List<PredictionRows> predictions = new ArrayList<>();
            List<GoldRows> gold = new ArrayList<>();
            InputNames names = InputNames.of(new AnnotationRows(1), new PredictionRows(1), GoldRows.none());
            for (int part = 0; part < partCount; part++) {
                annotations.add(rows.emptyAnnotationRows());
                predictions.add(rows.emptyPredictionRows());
                gold.add(rows.emptyGoldRows());
            }
            rows.annotationBlocks(3)
                    .forEach(block -> distribute(block.split(partCount), annotations, AnnotationRows::add));
            rows.predictionBlocks(3)
                    .forEach(block -> distribute(block.split(partCount), predictions, PredictionRows::add));
            rows.goldBlocks(3).forEach(block -> distribute(block.split(partCount), gold, GoldRows::add));
            annotations.replaceAll(DatasetPartsTest::sent);
            predictions.replaceAll(DatasetPartsTest::sent);
            gold.replaceAll(DatasetPartsTest::sent);
            for (int part = 0; part < partCount; part++) {
                names.add(sent(InputNames.of(annotations.get(part), predictions.get(part), gold.get(part))));
            }
            IdList annotators = IdList.of(List.of());
            List<Dataset> parts = new ArrayList<>();
            for (int part = 0; part < partCount; part++) {
                parts.add(sent(Dataset.ofPart(
                        annotations.get(part), predictions.get(part), gold.get(part), rules, sent(names))));
                annotators = IdList.union(annotators, parts.get(part).annotators());
            }
            IdList all = annotators;
            parts.replaceAll(part -> sent(part.withAnnotators(all)));
            DatasetTotals totals = DatasetTotals.of(parts.get(0));
            parts.subList(1, partCount).forEach(part -> totals.add(sent(DatasetTotals.of(part))));
            totals.complete(names, rules);
            return new Parts(parts, names, totals);
        }

        private static <B extends Serializable, R> void distribute(B[] pieces, List<R> parts, BiConsumer<R, B> add) {
            for (int part = 0; part < pieces.length; part++) {
                add.accept(parts.get(part), sent(pieces[part]));
            }
        }

        void assertSame(Dataset whole, InputRows rows, String which) {
            assertThat(names.digest())
                    .as(which)
                    .isEqualTo(RowDigest.of(
                            rows.annotationRows(3).digest(),
                            rows.predictionRows(3).digest(),
                            rows.goldRows(3).digest()));
            assertThat(totals.goldCount()).as(which).isEqualTo(whole.gold().count());
            DatasetTotals expected = DatasetTotals.of(whole);
            assertThat(totals.counts()).as(which).isEqualTo(whole.counts());
            assertThat(totals.modelCounts())
                    .as(which)
                    .usingRecursiveComparison()
                    .isEqualTo(expected.modelCounts());
            assertThat(totals.firstUnlabeled()).as(which).isEqualTo(expected.firstUnlabeled());
            assertThat(totals.exampleCount())
                    .as(which)
                    .isEqualTo(whole.examples().size());
            assertThat(totals.overlapCount()).as(which).isEqualTo(expected.overlapCount());
            assertThat(totals.annotationCount()).as(which).isEqualTo(expected.annotationCount());
            assertThat(InputRows.texts(totals.rejected())).as(which).isEqualTo(InputRows.rejected(whole));
            assertThat(totals.rejected().counts())
                    .as(which)
                    .isEqualTo(whole.rejected().counts());
            assertThat(totals.rejected().suspectLabel())
                    .as(which)
                    .isEqualTo(whole.rejected().suspectLabel());
            for (Dataset part : parts) {
                assertThat(part.annotators().texts())
                        .as(which)
                        .isEqualTo(whole.annotators().texts());
                assertThat(part.classes().texts())
                        .as(which)
                        .isEqualTo(whole.classes().texts());
                assertThat(part.models().texts())
                        .as(which)
                        .isEqualTo(whole.models().texts());
            }
            assertThat(examples(parts)).as(which).isEqualTo(examples(List.of(whole)));
        }

        /** Everything about each example, by its id. */
        private static Map<String, String> examples(List<Dataset> datasets) {
            Map<String, String> examples = new TreeMap<>();
            for (Dataset dataset : datasets) {
                List<String> gold = InputRows.gold(dataset);
                for (int example = 0; example < dataset.examples().size(); example++) {
                    StringBuilder about = new StringBuilder();
                    for (int position = dataset.annotations().start(example);
                            position < dataset.annotations().end(example);
                            position++) {
                        about.append(dataset.annotations().annotator(position))
                                .append(':')
                                .append(dataset.annotations().label(position))
                                .append('@')
                                .append(dataset.times().at(position))
                                .append(' ');
                    }
                    for (int model = 0; model < dataset.models().size(); model++) {
                        for (double probability : InputRows.probabilities(dataset, model, example)) {
                            about.append(Double.doubleToRawLongBits(probability))
                                    .append(' ');
                        }
                    }
                    String id = dataset.examples().text(example);
                    gold.stream().filter(row -> row.startsWith(id + " ")).forEach(about::append);
                    examples.put(id, about.toString());
                }
                dataset.unlabeled().examples().texts().forEach(id -> examples.put(id, "pool"));
            }
            return examples;
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Serializable> T sent(T value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
