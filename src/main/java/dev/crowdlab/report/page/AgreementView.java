package dev.crowdlab.report.page;

import dev.crowdlab.report.picture.Tick;
import dev.crowdlab.report.words.Prose;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much annotators agree.
 *
 * @param head its beginning
 * @param ticks of the scale of all bars
 * @param rows one per statistic
 * @param remarks how to read them
 */
public record AgreementView(Head head, List<Tick> ticks, List<Row> rows, List<Prose> remarks) {

    /** A statistic: name, what it means, value, interval, and a bar where it is defined. */
    public record Row(
            String name,
            Prose meaning,
            String value,
            String interval,
            @Nullable Bar bar) {}

    /**
     * A bar of a statistic.
     *
     * @param at place of the value
     * @param from lower end of the interval
     * @param to upper end
     * @param chance place of what guessing gives; null: not shown
     * @param wanted place of what is asked for; null: not shown
     */
    public record Bar(
            String at,
            String from,
            String to,
            @Nullable String chance,
            @Nullable String wanted) {}
}
