package dev.crowdlab.report.page;

import dev.crowdlab.report.picture.Tick;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many examples are of each class.
 *
 * @param head its beginning
 * @param isCorrected whether gold corrects the counted shares
 * @param hasOff whether a counted share is outside its interval
 * @param ticks of the bars
 * @param rows a row for each class
 * @param more which classes are left out; empty: none
 * @param remarks how to read them
 */
public record ShareView(
        Head head,
        boolean isCorrected,
        boolean hasOff,
        List<Tick> ticks,
        List<Row> rows,
        Prose more,
        List<Prose> remarks) {

    /**
     * A class.
     *
     * @param label its name
     * @param counted words about its counted share; empty: that is the value
     * @param value the share
     * @param interval its interval in words
     * @param bar its picture
     */
    public record Row(Shown label, String counted, String value, String interval, Bar bar) {}

    /**
     * A bar of 300 × 34 pixels.
     *
     * @param counted place of the counted share
     * @param triangle the shape of its mark; null: a circle
     * @param corrected place of the corrected share; null: there is none
     * @param from lower end of its interval
     * @param to upper end
     */
    public record Bar(
            String counted,
            @Nullable String triangle,
            @Nullable String corrected,
            String from,
            String to) {}
}
