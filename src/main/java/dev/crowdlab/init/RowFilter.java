package dev.crowdlab.init;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Columns by which tables mark rows that do not count, or that belong to something else. */
final class RowFilter {

    private static final Pattern MARK = Pattern.compile(
            "(is_?|was_?)?(deleted|removed|archived|hidden|cancell?ed|discarded|skipped|draft|test|gold|ground_?truth)");

    private static final Pattern MOMENT =
            Pattern.compile("(deleted|removed|archived|cancell?ed|discarded|skipped)_?(at|on|time)?");

    private static final Pattern STATUS = Pattern.compile("status|state");

    private static final Pattern GROUP =
            Pattern.compile("(project|dataset|campaign|batch|workspace|tenant|question)(_?(id|name|key))?");

    private RowFilter() {}

    /**
     * The condition that rows may have to meet, with values to be replaced; empty: the column is none of these.
     *
     * @param reference the column as SQL takes it
     */
    static Optional<String> condition(FoundColumn column, String reference) {
        String name = column.name().toLowerCase(Locale.ROOT);
        boolean isMoment =
                column.type().startsWith("timestamp") || column.type().equals("date");
        if (column.type().equals("bool")) {
            return Optional.of("not " + reference)
                    .filter(condition -> MARK.matcher(name).matches());
        }
        if (isMoment) {
            return Optional.of(reference + " is null")
                    .filter(condition -> MOMENT.matcher(name).matches());
        }
        if (STATUS.matcher(name).matches()) {
            return Optional.of(reference + " in ('done')");
        }
        return Optional.of(reference + " = '1'")
                .filter(condition -> GROUP.matcher(name).matches());
    }
}
