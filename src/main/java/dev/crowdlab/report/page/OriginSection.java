package dev.crowdlab.report.page;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.report.figures.OriginFigures;
import dev.crowdlab.report.figures.OriginFigures.Model;
import dev.crowdlab.report.figures.OriginFigures.Setting;
import dev.crowdlab.report.page.OriginView.Check;
import dev.crowdlab.report.page.OriginView.Entry;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import dev.crowdlab.report.words.Words;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.settings.DatasetSetting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Says where the result comes from. */
final class OriginSection {

    private static final int MAX_CHECKS = 40;
    private static final int MAX_MODELS = 40;
    private static final int MAX_VALUE_LENGTH = 200;
    private static final int MAX_QUERY_LENGTH = 20_000;

    private final Context context;
    private final OriginFigures origin;
    private final boolean hasPseudonyms;

    OriginSection(Context context, boolean hasPseudonyms) {
        this.context = context;
        origin = context.figures().origin();
        this.hasPseudonyms = hasPseudonyms;
    }

    OriginView view() {
        List<Finding> findings = context.figures().run().findings();
        long left = Math.max(0, findings.size() - MAX_CHECKS);
        return new OriginView(
                new Head("how", "How it was made", saying(), false),
                settings(),
                origin.record().entrySet().stream()
                        .map(entry -> new Entry(entry.getKey(), record(entry.getValue()), false))
                        .toList(),
                origin.queries().entrySet().stream()
                        .map(entry -> new Entry(entry.getKey(), Shown.of(entry.getValue(), MAX_QUERY_LENGTH), false))
                        .toList(),
                findings.stream().limit(MAX_CHECKS).map(this::check).toList(),
                left == 0 ? "" : Words.count(left, "more check", "more checks"),
                remarks(),
                "report --run " + context.figures().run().runId() + (hasPseudonyms ? " --pseudonyms" : "")
                        + (origin.queries().isEmpty() ? "" : " --with-settings"));
    }

    private static Shown record(String value) {
        return value.equals("unknown+unknown") ? Shown.own("development build") : Shown.of(value, MAX_VALUE_LENGTH);
    }

    private Prose saying() {
        long changed = origin.settings().stream()
                .filter(setting -> !setting.isDefault())
                .count();
        return Prose.of(
                changed == 0
                        ? "All settings have their default values."
                        : Words.count(changed, "setting differs", "settings differ") + " from the default.");
    }

    /** Machines are named by their ids. */
    private Shown value(Setting setting) {
        if (setting.value().isEmpty()) {
            return Shown.own(setting.name().equals("classes") ? "those that occur" : "none");
        }
        return hasPseudonyms && setting.name().equals(DatasetSetting.MACHINES.recorded())
                ? Shown.own("not shown")
                : Shown.of(setting.value(), MAX_VALUE_LENGTH);
    }

    private List<Entry> settings() {
        List<Entry> entries = new ArrayList<>();
        origin.settings().stream()
                .sorted(Comparator.comparing(Setting::isDefault))
                .forEach(
                        setting -> entries.add(new Entry(words(setting.name()), value(setting), !setting.isDefault())));
        origin.models().stream().limit(MAX_MODELS).forEach(model -> entries.add(entry(model)));
        if (origin.models().size() > MAX_MODELS) {
            entries.add(new Entry(
                    "Models", Shown.own(Numbers.count(origin.models().size() - MAX_MODELS) + " more"), false));
        }
        return entries;
    }

    private static Entry entry(Model model) {
        return new Entry(
                "Model " + Shown.of(model.name(), Shown.IN_TABLE).plain(),
                Shown.own((Double.isNaN(model.weight()) ? "no weight" : "weight " + Numbers.score(model.weight()))
                        + (Double.isNaN(model.temperature())
                                ? ""
                                : ", temperature " + Numbers.score(model.temperature()))
                        + (Double.isNaN(model.coverage())
                                ? ""
                                : ", predicted " + Numbers.percent(model.coverage()) + " of the labeled examples")),
                false);
    }

    private static String words(String name) {
        String words = name.replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private Check check(Finding finding) {
        return new Check(
                switch (finding.severity()) {
                    case FAIL -> context.figures().run().status() == RunStatus.FAILED ? "Failed" : "Refused";
                    case WARN -> "Warning";
                    case INFO -> "Note";
                },
                finding.code(),
                Shown.of(context.words(finding).message(), Shown.IN_MESSAGE),
                figure(finding.observed()),
                figure(finding.threshold()));
    }

    private static String figure(double value) {
        boolean isCount = value == Math.rint(value) && Math.abs(value) < 1e15;
        return isCount ? Numbers.count((long) value) : Numbers.fineScore(value);
    }

    private List<Prose> remarks() {
        List<Prose> remarks = new ArrayList<>();
        if (hasPseudonyms) {
            remarks.add(Prose.of(
                    "Annotators have pseudonyms, numbered as they appear here. They hold within this file only,"
                            + " and nothing in it leads back to the ids."));
        }
        if (origin.queries().isEmpty()) {
            remarks.add(
                    Prose.of("Queries, and who started the run, are left out, because files like this are mailed."));
        }
        return remarks;
    }
}
