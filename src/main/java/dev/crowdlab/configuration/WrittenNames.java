package dev.crowdlab.configuration;

import dev.crowdlab.settings.DatasetName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The names of datasets as they are written in files and flags. Spring takes names for one that differ only in case, _
 * or -, drops characters that it does not expect, and sees only small letters and digits in variables of the
 * environment.
 */
final class WrittenNames {

    private static final Pattern KEY = Pattern.compile("crowdlab\\.datasets(?:\\.?\\[([^]]*)]|\\.([^.\\[]+)).*");

    /** A project of a template is a dataset, too. */
    private static final Pattern PROJECT =
            Pattern.compile("(crowdlab\\.templates\\.[^.\\[]+\\.projects)(?:\\.?\\[([^]]*)]|\\.([^.\\[]+))");

    private final SortedSet<String> written = new TreeSet<>();
    private final Map<String, String> byFolded = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    WrittenNames(ConfigurableEnvironment environment) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable
                    && !(source instanceof SystemEnvironmentPropertySource)) {
                addNames(enumerable);
            }
        }
        written.forEach(this::check);
    }

    /** Why names cannot be used, one sentence each. */
    List<String> problems() {
        return problems;
    }

    /** Whether the name is only what a variable of the environment makes of a name that is written elsewhere. */
    boolean isOnlyAnEcho(String name) {
        return !written.contains(name) && byFolded.containsKey(fold(name));
    }

    private void addNames(EnumerablePropertySource<?> source) {
        for (String property : source.getPropertyNames()) {
            Matcher key = KEY.matcher(property);
            if (key.matches()) {
                written.add(key.group(1) == null ? key.group(2) : key.group(1));
            }
            Matcher project = PROJECT.matcher(property);
            if (project.matches()) {
                DatasetName.problem(project.group(2) == null ? project.group(3) : project.group(2))
                        .map(problem -> project.group(1) + ": " + problem)
                        .filter(problem -> !problems.contains(problem))
                        .ifPresent(problems::add);
            }
        }
    }

    private void check(String name) {
        DatasetName.problem(name).ifPresent(problem -> problems.add("crowdlab.datasets: " + problem));
        String other = byFolded.putIfAbsent(fold(name), name);
        if (other != null) {
            problems.add("crowdlab.datasets: '" + other + "' and '" + name
                    + "' differ only in case, _ or -, which settings cannot tell apart; rename one of them");
        }
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    }
}
