package dev.crowdlab.configuration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.crowdlab.settings.InvalidSettingsException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Reads the settings that are given as JSON, where and with the precedence that Spring Boot gives them. Its own parser,
 * without a library of another version, cuts texts at blanks, brackets and quotation marks, and takes half a text for a
 * whole one.
 */
public final class JsonSettings implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final String PROPERTY = "spring.application.json";
    private static final String VARIABLE = "SPRING_APPLICATION_JSON";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @Override
    public int getOrder() {
        return EnvironmentPostProcessorApplicationListener.DEFAULT_ORDER - 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        addTo(event.getEnvironment());
    }

    /** Adds the settings, and leaves none to Spring Boot. */
    static void addTo(ConfigurableEnvironment environment) {
        MutablePropertySources sources = environment.getPropertySources();
        for (PropertySource<?> source : sources) {
            for (String name : List.of(PROPERTY, VARIABLE)) {
                if (source.getProperty(name) instanceof String text && !text.isEmpty()) {
                    Map<String, Object> settings = read(name, text);
                    MapPropertySource added = new MapPropertySource(name, settings);
                    if (sources.contains(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
                        sources.addBefore(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, added);
                    } else {
                        sources.addFirst(added);
                    }
                    sources.addFirst(new MapPropertySource("JSON that is read", Map.of(PROPERTY, "{}")));
                    return;
                }
            }
        }
    }

    /** The values as they are written, by flat names such as {@code crowdlab.datasets.d.classes[0]}. */
    private static Map<String, Object> read(String name, String text) {
        Map<String, Object> settings = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidSettingsException(List.of(
                        name + ": is not a JSON object; give settings such as {\"crowdlab\": {\"threads\": 2}}"));
            }
            addObject("", parser, settings);
            if (parser.nextToken() != null) {
                throw mistake(name, parser.currentTokenLocation());
            }
        } catch (JsonProcessingException quotesTheText) {
            throw mistake(name, quotesTheText.getLocation());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return settings;
    }

    /** The place, not the words around it: they may be a password. */
    private static InvalidSettingsException mistake(String name, @Nullable JsonLocation place) {
        return new InvalidSettingsException(List.of(name + ": cannot be read as JSON: there is a mistake"
                + (place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr())
                + "; look for a missing quotation mark, comma or bracket, and for a key that is given twice"));
    }

    private static void addObject(String path, JsonParser parser, Map<String, Object> settings) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            String below = path.isEmpty() || key.startsWith("[") ? path + key : path + "." + key;
            addValue(below, parser, settings);
        }
    }

    private static void addValue(String path, JsonParser parser, Map<String, Object> settings) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> addObject(path, parser, settings);
            case START_ARRAY -> addArray(path, parser, settings);
            case VALUE_NULL -> settings.put(path, "");
            default -> settings.put(path, parser.getText());
        }
    }

    private static void addArray(String path, JsonParser parser, Map<String, Object> settings) throws IOException {
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            addValue(path + "[" + count + "]", parser, settings);
            count++;
        }
        if (count == 0) {
            settings.put(path, "");
        }
    }
}
