package dev.crowdlab.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The objects that the shipped migrations create, read from their text. The last migration that creates an object
 * counts.
 */
final class ShippedObjects {

    private static final Pattern TRIGGER = Pattern.compile(
            "^create (?:or replace )?trigger (\\w+)\\s[^;]*?\\son (crowdlab\\.\\w+)\\s[^;]*;", Pattern.MULTILINE);
    private static final Pattern FUNCTION = Pattern.compile(
            "^create (?:or replace )?function (crowdlab\\.\\w+)\\([^$]*?\\bas \\$\\$(.*?)\\$\\$",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern VIEW = Pattern.compile(
            "^create (?:or replace )?view crowdlab_bi\\.(\\w+) as\\s(.*?);\\R", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern EVENTS = Pattern.compile("(?<=before |after )[a-z ]+?(?= on )");

    /** PostgreSQL prints a condition in two pairs of parentheses. */
    private static final Pattern CONDITION = Pattern.compile(" when \\(\\((.*)\\)\\) execute ");

    private final Map<String, String> triggers = new TreeMap<>();
    private final Map<String, String> functions = new TreeMap<>();
    private final Map<String, String> views = new TreeMap<>();

    private ShippedObjects() {}

    /** Reads all migrations. */
    static ShippedObjects read() {
        ShippedObjects objects = new ShippedObjects();
        try {
            Resource[] migrations =
                    new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/V*.sql");
            Arrays.sort(migrations, Comparator.comparing(Resource::getFilename));
            for (Resource migration : migrations) {
                objects.add(migration.getContentAsString(UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return objects;
    }

    private void add(String migration) {
        for (MatchResult trigger :
                (Iterable<MatchResult>) TRIGGER.matcher(migration).results()::iterator) {
            triggers.put(
                    trigger.group(2) + " " + trigger.group(1),
                    normalized(trigger.group().replace(";", "")));
        }
        FUNCTION.matcher(migration).results().forEach(found -> functions.put(found.group(1), found.group(2)));
        VIEW.matcher(migration).results().forEach(found -> views.put(found.group(1), found.group(2)));
    }

    /** Brings the definition of a trigger into a common form: one line, events sorted. */
    static String normalized(String definition) {
        String line = CONDITION
                .matcher(definition
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\s+", " ")
                        .replace("create or replace ", "create "))
                .replaceFirst(" when ($1) execute ");
        Matcher events = EVENTS.matcher(line);
        return events.replaceFirst(found -> String.join(
                " or ", Arrays.stream(found.group().split(" or ")).sorted().toList()));
    }

    /** The normalized definitions of the triggers, by table and name separated by a space. */
    Map<String, String> triggers() {
        return Map.copyOf(triggers);
    }

    /** The bodies of the functions in schema crowdlab, by name. */
    Map<String, String> functions() {
        return Map.copyOf(functions);
    }

    /** The queries of the views in schema crowdlab_bi, by name without schema. */
    Map<String, String> views() {
        return Map.copyOf(views);
    }
}
