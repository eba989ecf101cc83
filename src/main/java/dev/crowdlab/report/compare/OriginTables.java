package dev.crowdlab.report.compare;

import dev.crowdlab.report.compare.ComparisonView.Listed;
import dev.crowdlab.report.figures.ComparisonFigures;
import dev.crowdlab.report.figures.ComparisonFigures.Side;
import dev.crowdlab.report.figures.OriginFigures.Model;
import dev.crowdlab.report.figures.OriginFigures.Setting;
import dev.crowdlab.report.page.ConsensusView.Column;
import dev.crowdlab.report.page.ConsensusView.Table;
import dev.crowdlab.report.page.Head;
import dev.crowdlab.report.words.Names;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import dev.crowdlab.report.words.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What was set differently, and the models. */
final class OriginTables {

    private static final int MAX_MODELS = 40;
    private static final int MAX_VALUE_LENGTH = 200;
    private static final int MAX_QUERY_LENGTH = 20_000;

    /** Of what a run records of itself, what can explain a difference. */
    private static final Set<String> EXPLAINING = Set.of("Software", "Results version");

    private final Side first;
    private final Side second;
    private final Sides sides;
    private final boolean hasQueries;

    OriginTables(ComparisonFigures figures, boolean hasQueries) {
        first = figures.first();
        second = figures.second();
        sides = new Sides(figures);
        this.hasQueries = hasQueries;
    }

    Listed settings() {
        List<List<Prose>> rows = new ArrayList<>();
        rows.addAll(differing(settings(first), settings(second), MAX_VALUE_LENGTH));
        rows.addAll(differing(queries(first), queries(second), MAX_QUERY_LENGTH));
        rows.addAll(differing(record(first), record(second), MAX_VALUE_LENGTH));
        return new Listed(
                new Head("settings", "Settings", saying(rows.size()), rows.isEmpty()),
                new Table(columns("Setting"), rows));
    }

    private List<Column> columns(String subject) {
        return List.of(
                new Column(subject, false),
                new Column(Sides.heading(first), false),
                new Column(Sides.heading(second), false));
    }

    private Prose saying(int different) {
        String input = isSameInput()
                ? " Both runs read the same rows."
                : " The runs read different rows: labels, predictions or gold.";
        if (different == 0) {
            return Prose.of("No setting differs." + input);
        }
        boolean isMuch = different + (isSameInput() ? 0 : 1) > 1;
        return Prose.of(Words.count(different, "setting differs", "settings differ") + "." + input
                + (isMuch ? " So no single cause can be named for a difference." : ""));
    }

    private boolean isSameInput() {
        String digest = first.origin().record().get("Input digest");
        return digest != null && digest.equals(second.origin().record().get("Input digest"));
    }

    private static Map<String, String> settings(Side side) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Setting setting : side.origin().settings()) {
            String words = setting.name().replace('_', ' ');
            values.put(words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1), setting.value());
        }
        return values;
    }

    private Map<String, String> queries(Side side) {
        Map<String, String> queries = new LinkedHashMap<>(side.origin().queries());
        if (!hasQueries) {
            queries.remove("Started by");
        }
        return queries;
    }

    private static Map<String, String> record(Side side) {
        Map<String, String> record = new LinkedHashMap<>(side.origin().record());
        record.keySet().retainAll(EXPLAINING);
        return record;
    }

    private List<List<Prose>> differing(Map<String, String> before, Map<String, String> after, int most) {
        Map<String, String> all = new LinkedHashMap<>(before);
        after.forEach(all::putIfAbsent);
        List<List<Prose>> rows = new ArrayList<>();
        for (String name : all.keySet()) {
            if (!Objects.equals(before.get(name), after.get(name))) {
                boolean isHidden = most == MAX_QUERY_LENGTH && !hasQueries;
                rows.add(List.of(
                        Prose.of(name),
                        isHidden ? Prose.of("not shown") : value(before.get(name), most),
                        isHidden ? Prose.of("another one") : value(after.get(name), most)));
            }
        }
        return rows;
    }

    private static Prose value(@Nullable String value, int most) {
        if (value == null || value.isEmpty()) {
            return Prose.begin().muted("none").end();
        }
        return Prose.begin()
                .id(value.equals("unknown+unknown") ? Shown.own("development build") : Shown.of(value, most))
                .end();
    }

    Listed models() {
        Map<String, Model> before = models(first);
        Map<String, Model> after = models(second);
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        Names names = Names.of(all);
        List<List<Prose>> rows = all.stream()
                .limit(MAX_MODELS)
                .map(name -> List.of(
                        Prose.begin().id(names.inSentence(name)).end(),
                        weight(before.get(name)),
                        weight(after.get(name)),
                        Prose.of(change(before.get(name), after.get(name)))))
                .toList();
        return new Listed(
                new Head("models", "Models", saying(before.keySet(), after.keySet()), rows.isEmpty()),
                new Table(
                        List.of(
                                new Column("Model", false),
                                new Column(Sides.heading(first), true),
                                new Column(Sides.heading(second), true),
                                new Column("Difference", true)),
                        rows));
    }

    private static Map<String, Model> models(Side side) {
        Map<String, Model> models = new LinkedHashMap<>();
        side.origin().models().forEach(model -> models.put(model.name(), model));
        return models;
    }

    private Prose saying(Set<String> before, Set<String> after) {
        if (before.isEmpty() && after.isEmpty()) {
            return Prose.of("Neither run had a model.");
        }
        long both = before.stream().filter(after::contains).count();
        long all = before.size() + after.size() - both;
        return Prose.of((both == 0 ? "No model is" : Words.count(both, "model is", "models are")) + " in both runs"
                + only(before.size() - both, sides.first()) + only(after.size() - both, sides.second())
                + ". Numbers are the weights of the models in the consensus; – where the method has none."
                + (all > MAX_MODELS ? " The first " + MAX_MODELS + " of " + Numbers.count(all) + " are shown." : ""));
    }

    private static String only(long count, String run) {
        return count == 0 ? "" : ", " + Numbers.count(count) + " only in " + run;
    }

    private static Prose weight(@Nullable Model model) {
        if (model == null) {
            return Prose.begin().muted("not there").end();
        }
        return Prose.of(Numbers.boundedScore(model.weight())
                + (Double.isNaN(model.temperature()) ? "" : ", temperature " + Numbers.score(model.temperature())));
    }

    private static String change(@Nullable Model before, @Nullable Model after) {
        return before == null || after == null ? Numbers.NONE : Numbers.change(after.weight() - before.weight(), 2);
    }
}
