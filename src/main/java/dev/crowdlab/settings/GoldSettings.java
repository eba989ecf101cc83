package dev.crowdlab.settings;

import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.settings.section.SettingParser;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the labels come from that are known to be right, and what they are for.
 *
 * @param query returns example_id and label; null: they are in {@link SourceTables#gold}
 * @param use what they are for
 * @param minimum gold labels from which on gold may change labels, if it is to correct them
 * @param isExpected whether a query without rows is a mistake; not where a labeling tool may know of such labels or not
 */
public record GoldSettings(@Nullable String query, Use use, int minimum, boolean isExpected) {

    /** What gold is for, as it is written. */
    public enum Use {
        /** The consensus is only measured against it. */
        FALSE(GoldUse.MEASURE),
        /** The consensus of its examples is fixed to it. */
        TRUE(GoldUse.FIX),
        /** The consensus of all examples is corrected by it. */
        ANCHOR(GoldUse.ANCHOR);

        private final GoldUse use;

        Use(GoldUse use) {
            this.use = use;
        }
    }

    /** Reads the built-in table; the dataset's name is taken from the session's crowdlab.dataset. */
    private static final String BUILT_IN =
            "select example_id, label from crowdlab.gold where dataset = current_setting('crowdlab.dataset')";

    /** Labels that are not to correct others. */
    public GoldSettings(@Nullable String query, boolean isUsed, boolean isExpected) {
        this(query, isUsed ? Use.TRUE : Use.FALSE, DatasetSetting.GOLD_MINIMUM.standardValue(), isExpected);
    }

    /** Labels that are expected, and not to correct others. */
    public GoldSettings(@Nullable String query, boolean isUsed) {
        this(query, isUsed, true);
    }

    /** Labels of the built-in table, which are only measured against. */
    static GoldSettings builtIn() {
        return new GoldSettings(BUILT_IN, false);
    }

    /** The same labels in the built-in table. */
    GoldSettings ofBuiltIn() {
        return new GoldSettings(BUILT_IN, use, minimum, true);
    }

    /** Whether the consensus of the examples is fixed to them. */
    public boolean isUsed() {
        return use == Use.TRUE;
    }

    /** Whether they correct the consensus. */
    public boolean isAnchor() {
        return use == Use.ANCHOR;
    }

    /** Whether a gold label is published where there is one, and not only compared with. */
    public boolean isPublished() {
        return use != Use.FALSE;
    }

    /** Adds what a run records. */
    void record(Map<String, @Nullable Object> recorded) {
        recorded.put(DatasetSetting.USE_GOLD.recorded(), isAnchor() ? SettingParser.name(use) : isUsed());
        if (isAnchor() && minimum != DatasetSetting.GOLD_MINIMUM.standardValue()) {
            recorded.put(DatasetSetting.GOLD_MINIMUM.recorded(), String.valueOf(minimum));
        }
    }

    /** The options of the engine with these labels. */
    Options on(Options options) {
        return isAnchor() ? options.withCorrection(minimum) : options.withGold(use.use);
    }
}
