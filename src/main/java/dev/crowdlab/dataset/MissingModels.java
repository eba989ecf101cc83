package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.IdDictionary;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.dataset.id.Utf8Texts;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The models of which an example has no usable prediction.
 *
 * @param names one text, the names in code-point order; nothing if there is no model at all
 * @param detail says so in a sentence
 */
record MissingModels(Utf8Texts names, String detail) {

    /** More are not listed. */
    private static final int LISTED = 5;

    private static final String NO_PREDICTION = "the example has no usable prediction";

    /** Those of each example, made once for each combination. Not thread-safe. */
    static final class ByExample {

        private final AcceptedPredictions predictions;
        private final IdList models;
        private final Map<BitSet, MissingModels> known = new HashMap<>();

        ByExample(AcceptedPredictions predictions, IdList models) {
            this.predictions = predictions;
            this.models = models;
        }

        /** Those of an example; {@link IdDictionary#ABSENT}: of one without any prediction. */
        MissingModels of(int example) {
            BitSet missing = new BitSet(models.size());
            for (int model = 0; model < models.size(); model++) {
                missing.set(model, !predictions.isUsable(example, model));
            }
            return known.computeIfAbsent(missing, this::describe);
        }

        private MissingModels describe(BitSet missing) {
            if (models.size() == 0) {
                TextColumn none = new TextColumn(1);
                none.add(new byte[0], 0, TextColumn.NULL);
                return new MissingModels(none, NO_PREDICTION);
            }
            List<String> names = missing.stream().mapToObj(models::text).toList();
            String detail = models.size() == 1
                    ? NO_PREDICTION
                    : NO_PREDICTION + " of " + (names.size() == 1 ? "model " : "models ")
                            + listed(
                                    names.stream().map(name -> "'" + name + "'").toList());
            return new MissingModels(IdList.of(List.of(listed(names))), detail);
        }

        private static String listed(List<String> names) {
            return IntStream.range(0, Math.min(names.size(), LISTED))
                    .mapToObj(names::get)
                    .collect(Collectors.joining(", ", "", names.size() > LISTED ? ", …" : ""));
        }
    }
}
