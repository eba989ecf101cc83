package dev.crowdlab.dataset;

import dev.crowdlab.dataset.rejection.InputKind;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.RejectedRows;
import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.NotThreadSafe;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The totals of a dataset or of a part of it, which merge by addition. */
@NotThreadSafe
public final class DatasetTotals implements Mergeable<DatasetTotals> {

    private long exampleCount;
    private long overlapCount;
    /** [classes] */
    private final long[] labelCounts;

    private InputCounts counts;
    private final ModelCounts modelCounts;
    private final RejectedRows rejected;
    private boolean hasGold;
    private long goldCount;
    /** The id of the first example by content with predictions and without labels. */
    private @Nullable String firstUnlabeled;

    private DatasetTotals(long[] labelCounts, InputCounts counts, ModelCounts modelCounts, RejectedRows rejected) {
        this.labelCounts = labelCounts;
        this.counts = counts;
        this.modelCounts = modelCounts;
        this.rejected = rejected;
    }

    /** The totals of a dataset, or of a part. */
    public static DatasetTotals of(Dataset dataset) {
        long[] labelCounts = new long[dataset.classes().size()];
        for (int position = 0; position < dataset.annotations().annotationCount(); position++) {
            labelCounts[dataset.annotations().label(position)] += 1;
        }
        DatasetTotals totals = new DatasetTotals(
                labelCounts,
                dataset.counts(),
                dataset.modelCounts().copy(),
                dataset.rejected().copy());
        if (dataset.unlabeled().examples().size() > 0) {
            totals.firstUnlabeled = dataset.unlabeled().examples().text(0);
        }
        totals.exampleCount = dataset.examples().size();
        totals.hasGold = dataset.gold().isConfigured();
        totals.goldCount = dataset.gold().count();
        for (int example = 0; example < dataset.examples().size(); example++) {
            totals.overlapCount += dataset.annotations().size(example) > 1 ? 1 : 0;
        }
        return totals;
    }

    @Override
    public void add(DatasetTotals other) {
        exampleCount += other.exampleCount;
        overlapCount += other.overlapCount;
        hasGold |= other.hasGold;
        goldCount += other.goldCount;
        Mergeable.add(labelCounts, other.labelCounts);
        counts = counts.plus(other.counts);
        modelCounts.add(other.modelCounts);
        firstUnlabeled = first(firstUnlabeled, other.firstUnlabeled);
        rejected.add(other.rejected);
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        byte[] left = one.getBytes(StandardCharsets.UTF_8);
        return Arrays.compareUnsigned(left, other.getBytes(StandardCharsets.UTF_8)) <= 0 ? one : other;
    }

    /** Takes over what only all rows together tell. */
    public void complete(InputNames names, InputRules rules) {
        if (rules.classes().isEmpty()
                && rejected.count(InputKind.PREDICTION, RejectionReason.INCOMPLETE_PREDICTION) > 0) {
            rejected.setSuspectLabel(names.suspectLabel(rules));
        } else {
            rejected.setSuspectLabel(Optional.empty());
        }
    }

    /** The number of labeled examples. */
    public long exampleCount() {
        return exampleCount;
    }

    /** The number of examples with two or more annotations. */
    public long overlapCount() {
        return overlapCount;
    }

    /** The number of accepted annotations. */
    public long annotationCount() {
        long sum = 0;
        for (long count : labelCounts) {
            sum += count;
        }
        return sum;
    }

    /** The number of annotations that give the class. */
    public long labelCount(int label) {
        return labelCounts[label];
    }

    /** Whether the dataset has a query for gold, even if none of its rows could be used. */
    public boolean hasGold() {
        return hasGold;
    }

    /** The number of labeled examples whose right label is known. */
    public long goldCount() {
        return goldCount;
    }

    /** Numbers of rows by outcome. */
    public InputCounts counts() {
        return counts;
    }

    /** Numbers of predictions by model and outcome. */
    public ModelCounts modelCounts() {
        return modelCounts;
    }

    /** The first example by content that has predictions of every model and no label; empty if there is none. */
    public Optional<String> firstUnlabeled() {
        return Optional.ofNullable(firstUnlabeled);
    }

    /** The rejected rows. */
    public RejectedRows rejected() {
        return rejected;
    }
}
