package dev.crowdlab.settings;

import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.settings.section.SettingParser;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the settings under {@code acknowledged}: by code of a finding, until when and why it need not warn. */
final class AcknowledgementReader {

    private static final Pattern FORM = Pattern.compile("until\\s+(\\S+?),\\s*(\\S.*)", Pattern.DOTALL);
    private static final String EXAMPLE = "write 'until 2027-01-31, ' and the reason";

    private final SettingParser values;

    AcknowledgementReader(SettingParser values) {
        this.values = values;
    }

    /** By code, those that can be read; the others are reported. */
    Map<FindingCode, Acknowledgement> read(Map<String, String> raw) {
        Map<FindingCode, Acknowledgement> read = new EnumMap<>(FindingCode.class);
        new TreeMap<>(raw).forEach((word, text) -> {
            String key = DatasetSetting.ACKNOWLEDGED.name() + "." + word;
            if (FindingCodes.named(word).isEmpty()) {
                values.problem(
                        key,
                        "there is no such finding; "
                                + FindingCodes.nearest(word)
                                        .map(meant -> "did you mean " + meant + "?")
                                        .orElse("the command show lists the codes of a run's findings"));
            }
            Optional<Acknowledgement> acknowledgement = parse(key, text);
            acknowledgement.ifPresent(known -> FindingCodes.named(word).forEach(code -> read.put(code, known)));
        });
        return read;
    }

    private Optional<Acknowledgement> parse(String key, String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            values.problem(key, "'" + text + "' does not say until when and why; " + EXAMPLE);
            return Optional.empty();
        }
        try {
            return Optional.of(new Acknowledgement(LocalDate.parse(form.group(1)), form.group(2)));
        } catch (DateTimeParseException e) {
            values.problem(key, "'" + form.group(1) + "' is not a date such as 2027-01-31; " + EXAMPLE);
            return Optional.empty();
        }
    }
}
