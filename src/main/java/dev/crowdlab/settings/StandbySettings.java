package dev.crowdlab.settings;

import dev.crowdlab.settings.section.Section;
import java.time.Duration;

/**
 * How long a publication waits for standbys that stream from the server.
 *
 * @param replay how long at most until they have replayed the new result's tables, not negative
 * @param planning how long afterwards, not negative: a statement that takes longer to be planned there may see no rows
 */
public record StandbySettings(Duration replay, Duration planning) {

    /** A query on a standby holds up replay for 30 s unless the standby is set otherwise. */
    public static final StandbySettings DEFAULT = read(Section.empty());

    static StandbySettings read(Section program) {
        return new StandbySettings(
                program.get(ProgramSetting.STANDBY_REPLAY), program.get(ProgramSetting.STANDBY_PLANNING));
    }
}
