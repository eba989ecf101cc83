package dev.crowdlab.settings;

import static dev.crowdlab.settings.DatasetSetting.TIME_ZONE;

import dev.crowdlab.settings.section.Section;
import dev.crowdlab.text.Spelling;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the zone of a dataset's times that come without one. */
final class TimeZoneReader {

    private static final String UTC = "UTC";

    private final Section dataset;

    TimeZoneReader(Section dataset) {
        this.dataset = dataset;
    }

    /** The name of the zone; null if there is none. */
    @Nullable
    String read() {
        String written = dataset.text(TIME_ZONE);
        if (written == null) {
            return null;
        }
        if (dataset.has(DatasetSetting.SOURCE) || !dataset.has(DatasetSetting.ANNOTATIONS_QUERY)) {
            dataset.problem(
                    TIME_ZONE,
                    "belongs to an annotations-query; built-in tables and labeling tools have times with a zone, and"
                            + " tables outside PostgreSQL need a view; remove it");
            return null;
        }
        String name = written.strip();
        List<String> known = names();
        if (known.contains(name)) {
            return name;
        }
        Optional<String> nearest = known.stream()
                .filter(candidate -> candidate.equalsIgnoreCase(name))
                .findFirst()
                .or(() -> Spelling.nearest(name, known));
        dataset.problem(
                TIME_ZONE,
                "'" + written + "' is not the name of a time zone such as America/New_York"
                        + nearest.map(zone -> "; did you mean " + zone + "?").orElse("; give one, or UTC"));
        return null;
    }

    /**
     * The names that mean the same to Java and PostgreSQL: regions and UTC. An abbreviation such as CET has no summer
     * time in PostgreSQL, and an offset such as +02:00 has the opposite sign.
     */
    private static List<String> names() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(zone -> zone.equals(UTC) || zone.indexOf('/') > 0)
                .sorted()
                .toList();
    }
}
