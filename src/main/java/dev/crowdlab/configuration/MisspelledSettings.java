package dev.crowdlab.configuration;

import dev.crowdlab.settings.KnownSettings;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Names of unknown settings, in files, flags, system properties and the environment: names under
 * {@code crowdlab} and {@code spring.datasource}, and under sections that are nearly called so.
 */
final class MisspelledSettings {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^:}]+)");

    /** Of {@code spring.datasource}, the sections that Spring Boot binds elsewhere. */
    private static final List<String> POOLS = List.of("hikari", "tomcat", "dbcp2", "oracleucp", "xa");

    private final KnownSettings known = new KnownSettings(ofDatabase());

    /** Of a file each setting must have an effect; variables and flags may be meant for other programs of Spring Boot. */
    private final KnownSettings knownInFiles = new KnownSettings(Stream.of("url", "username", "password")
            .map(name -> List.of("spring", "datasource", name))
            .toList());

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
            if (isChecked(name)) {
                KnownSettings settings = source instanceof OriginTrackedMapPropertySource ? knownInFiles : known;
                settings.problem(words(name), MisspelledSettings::advice).ifPresent(problems::add);
            } else if (source instanceof CommandLinePropertySource && isOursWithoutSection(name)) {
                problems.add(name + ": there is no such setting; did you mean crowdlab." + name + "?");
            }
            Matcher reference = REFERENCE.matcher(String.valueOf(source.getProperty(name)));
            while (reference.find()) {
                references.add(reference.group(1));
            }
        }
    }

    /** Whether the name is under one of the sections that are checked here, or nearly so. */
    static boolean isChecked(String name) {
        String[] sections = name.split("[.\\[]", 3);
        boolean isOurs = KnownSettings.isNear(KnownSettings.fold(sections[0]), "crowdlab");
        boolean isDatabase = sections[0].equals("spring")
                && sections.length > 1
                && KnownSettings.isNear(KnownSettings.fold(sections[1]), "datasource");
        return isOurs || (isDatabase && !sections[1].equals("data"));
    }

    /** Whether crowdlab. in front would make it a setting of ours. Single words may be meant for Spring Boot. */
    private boolean isOursWithoutSection(String name) {
        return name.contains(".")
                && known.problem(words("crowdlab." + name), section -> "").isEmpty();
    }

    static List<String> words(String name) {
        ConfigurationPropertyName adapted = ConfigurationPropertyName.adapt(name, '.');
        return IntStream.range(0, adapted.getNumberOfElements())
                .mapToObj(index -> adapted.getElement(index, Form.ORIGINAL))
                .toList();
    }

    private static String advice(String section) {
        return section.equals("spring.datasource")
                ? "spring.datasource has url, username and password"
                : "correct its name or remove it";
    }

    /** The names that Spring Boot knows under {@code spring.datasource}. */
    private static List<List<String>> ofDatabase() {
        Stream<String> properties = Arrays.stream(DataSourceProperties.class.getMethods())
                .filter(method -> method.getName().startsWith("set"))
                .map(method ->
                        DataObjectPropertyName.toDashedForm(method.getName().substring("set".length())));
        return Stream.concat(
                        properties.map(property -> List.of("spring", "datasource", property)),
                        POOLS.stream().map(pool -> List.of("spring", "datasource", pool, KnownSettings.REST)))
                .toList();
    }
}
