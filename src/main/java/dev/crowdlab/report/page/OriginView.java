package dev.crowdlab.report.page;

import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import java.util.List;

/**
 * Where the result comes from.
 *
 * @param head its beginning
 * @param settings settings and models
 * @param record hashes and versions
 * @param queries what is only there when asked for
 * @param checks all checks
 * @param moreChecks how many checks are left out; empty: none
 * @param remarks what to know of the file
 * @param command the command that makes the file again
 */
public record OriginView(
        Head head,
        List<Entry> settings,
        List<Entry> record,
        List<Entry> queries,
        List<Check> checks,
        String moreChecks,
        List<Prose> remarks,
        String command) {

    /** A name and a value; bold where it is not what it is unless somebody sets it. */
    public record Entry(String name, Shown value, boolean isBold) {}

    /** A check: how bad, its code, its sentence, what was found, and the limit. */
    public record Check(String severity, String code, Shown message, String observed, String limit) {}
}
