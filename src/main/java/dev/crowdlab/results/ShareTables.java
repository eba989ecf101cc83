package dev.crowdlab.results;

import static java.util.Comparator.comparing;

import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.dataset.id.Utf8Texts;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.share.ClassShares;
import dev.crowdlab.engine.share.ShareEstimates;
import dev.crowdlab.engine.share.ShareRefusal;
import dev.crowdlab.results.copy.Kept;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** How many examples are of each class. */
final class ShareTables {

    private static final String DATASET = "dataset";
    private static final LocalDate DAY_ZERO = LocalDate.of(2000, 1, 1);

    private ShareTables() {}

    static List<SummaryTable<?>> all() {
        return List.of(classShare());
    }

    private record Scope(String name, ClassShares shares, Optional<String> reason) {}

    /** Every class of every scope. */
    private record Shares(List<Scope> scopes, IdList classes, List<Integer> order) {

        int size() {
            return scopes.size() * order.size();
        }

        Scope scope(int row) {
            return scopes.get(row / order.size());
        }

        ClassShares shares(int row) {
            return scope(row).shares();
        }

        int label(int row) {
            return order.get(row % order.size());
        }
    }

    private static SummaryTable<Shares> classShare() {
        return SummaryColumns.of("class_share", Kept.AS_HISTORY, ShareTables::shares, Shares::size)
                .writtenWith(RunFeature.GOLD)
                .text("scope", (rows, row) -> rows.scope(row).name())
                .text("class", (rows, row) -> rows.classes(), Shares::label)
                .keyEndsHere()
                .bigint("num_examples", (rows, row) -> rows.shares(row).exampleCount())
                .number(
                        "counted_share",
                        (rows, row) -> rows.shares(row).share(rows.label(row)).counted())
                .numberOrNull(
                        "share",
                        (rows, row) -> rows.shares(row).share(rows.label(row)).estimate())
                .numberOrNull(
                        "lower",
                        (rows, row) -> rows.shares(row).share(rows.label(row)).lower())
                .numberOrNull(
                        "upper",
                        (rows, row) -> rows.shares(row).share(rows.label(row)).upper())
                .bigint("num_gold", (rows, row) -> rows.shares(row).goldCount())
                .bigintOrNull("more_gold_to_halve", (rows, row) -> more(rows.shares(row)))
                .text("reason", (rows, row) -> rows.scope(row).reason().orElse(null))
                .table();
    }

    private static OptionalLong more(ClassShares shares) {
        return shares.refusal().isPresent() ? OptionalLong.empty() : OptionalLong.of(shares.moreToHalve());
    }

    private static Optional<Shares> shares(RunResults results) {
        return results.estimates().flatMap(Estimates::shares).map(found -> shares(results, found));
    }

    private static Shares shares(RunResults results, ShareEstimates found) {
        IdList classes = results.names().classes();
        List<Scope> scopes = new ArrayList<>();
        scopes.add(scope(DATASET, found.dataset(), found));
        int[] days = results.goldPeriods().firstDays();
        for (int period = 0; period < days.length; period++) {
            scopes.add(scope(DAY_ZERO.plusDays(days[period]).toString(), found.period(period), found));
        }
        scopes.sort(comparing(Scope::name));
        List<Integer> order = IntStream.range(0, classes.size())
                .boxed()
                .sorted((one, other) -> Utf8Texts.compare(classes, one, classes, other))
                .toList();
        return new Shares(scopes, classes, order);
    }

    private static Scope scope(String name, ClassShares shares, ShareEstimates all) {
        return new Scope(name, shares, shares.refusal().map(why -> reason(why, shares, all)));
    }

    /** Why counts are not corrected, as a sentence. */
    private static String reason(ShareRefusal why, ClassShares shares, ShareEstimates all) {
        return switch (why) {
            case GOLD_DECIDES ->
                "use-gold makes gold the label of its examples before machines are judged, so that it says nothing about the others.";
            case FEW_GOLD -> few(shares, all);
            case GOLD_NOT_RANDOM ->
                String.format(
                        Locale.ROOT,
                        "Examples with gold were not drawn at random: their mean quality is %.1f standard errors from that of all"
                                + " examples.",
                        Math.abs(all.randomness()));
        };
    }

    private static String few(ClassShares shares, ShareEstimates all) {
        boolean isSampled = !Double.isNaN(all.sampleEnd());
        return String.format(
                Locale.ROOT,
                isSampled
                        ? "There are %d of at least %d gold labels before the first example of the sample without one."
                        : "There are %d of at least %d gold labels.",
                shares.goldCount(),
                ClassShares.MIN_GOLD);
    }
}
