package dev.crowdlab.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.PlaceholderResolutionException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a file of settings that the program has made, as it reads those of users, and compares it with what was meant. */
public final class ReadBack {

    private ReadBack() {}

    /**
     * The name of a setting that would not be read as it is meant, or of one that is not meant at all; empty: there is
     * none.
     *
     * @param text of the file
     * @param texts what it is to set
     * @param variables the variables of the environment that it is to refer to
     */
    public static Optional<String> difference(String text, Map<String, String> texts, Map<String, String> variables) {
        if (!text.matches("[ -~\\n]*")) {
            return Optional.of("a character other than printable ASCII");
        }
        List<PropertySource<?>> documents = documents(text);
        if (documents.size() != 1 || !(documents.get(0) instanceof EnumerablePropertySource<?> document)) {
            return Optional.of("the number of documents");
        }
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(document);
        PropertyResolver resolver = new PropertySourcesPropertyResolver(sources);
        return Stream.of(texts.keySet(), variables.keySet(), List.of(document.getPropertyNames()))
                .flatMap(names -> new TreeSet<>(names).stream())
                .filter(name -> variables.containsKey(name)
                        ? !("${" + variables.get(name) + "}").equals(String.valueOf(document.getProperty(name)))
                        : !Optional.ofNullable(texts.get(name)).equals(read(resolver, name)))
                .findFirst();
    }

    private static List<PropertySource<?>> documents(String text) {
        try {
            return new YamlPropertySourceLoader()
                    .load("proposed", new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)));
        } catch (YAMLException notEvenYaml) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty if it refers to something that is not set. */
    private static Optional<String> read(PropertyResolver resolver, String name) {
        try {
            return Optional.ofNullable(resolver.getProperty(name));
        } catch (PlaceholderResolutionException notMeant) {
            return Optional.empty();
        }
    }
}
