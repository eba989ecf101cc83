package dev.crowdlab.settings;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Names of settings that nobody reads, in files, flags, system properties and the environment: what stands under
 * {@code crowdlab} and {@code spring.datasource}, and under sections that are nearly called so.
 */
final class MisspelledSettings {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^:}]+)");

    private final KnownSettings known = new KnownSettings();
    private final NavigableSet<String> problems = new TreeSet<>();

    MisspelledSettings(ConfigurableEnvironment environment) {
        Set<String> references = new LinkedHashSet<>();
        Set<String> variables = new LinkedHashSet<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                if (source instanceof SystemEnvironmentPropertySource) {
                    variables.addAll(List.of(enumerable.getPropertyNames()));
                } else {
                    look(enumerable, references);
                }
            }
        }
        SettingVariables names = new SettingVariables(known);
        variables.stream().filter(variable -> !references.contains(variable)).forEach(variable -> names.problem(
                        variable, String.valueOf(environment.getProperty(variable)))
                .ifPresent(problems::add));
    }

    /** One sentence for each, in order of their names; a list or a section once. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    private void look(EnumerablePropertySource<?> source, Set<String> references) {
        for (String name : source.getPropertyNames()) {
            String[] sections = name.split("[.\\[]", 3);
            boolean isOurs = KnownSettings.isNear(KnownSettings.fold(sections[0]), "crowdlab");
            boolean isDatabase = sections[0].equals("spring")
                    && sections.length > 1
                    && KnownSettings.isNear(KnownSettings.fold(sections[1]), "datasource");
            if (isOurs || (isDatabase && !sections[1].equals("data"))) {
                check(words(name));
            }
            Matcher reference = REFERENCE.matcher(String.valueOf(source.getProperty(name)));
            while (reference.find()) {
                references.add(reference.group(1));
            }
        }
    }

    private static List<String> words(String name) {
        ConfigurationPropertyName adapted = ConfigurationPropertyName.adapt(name, '.');
        return IntStream.range(0, adapted.getNumberOfElements())
                .mapToObj(index -> adapted.getElement(index, Form.ORIGINAL))
                .toList();
    }

    private void check(List<String> words) {
        int right = known.knownWords(words);
        if (right == words.size()) {
            return;
        }
        List<String> before = words.subList(0, right);
        Optional<String> meant = known.nearest(before, words.get(right));
        String section = String.join(".", before);
        String advice = section.equals("spring.datasource")
                ? "spring.datasource has url, username and password"
                : "correct its name or remove it";
        problems.add(String.join(".", words.subList(0, right + 1)) + ": there is no such setting; "
                + meant.map(word -> "did you mean " + String.join(".", with(before, word)) + "?")
                        .orElse(advice));
    }

    private static List<String> with(List<String> words, String word) {
        List<String> all = new ArrayList<>(words);
        all.add(word);
        return all;
    }
}
