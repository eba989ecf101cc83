package dev.crowdlab.cli.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.crowdlab.run.RunDetails.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/**
 * A record written as JSON: its components by their names in snake case, times in ISO 8601 and UTC, durations in
 * seconds, and null for what is unknown, such as NaN. All characters beyond ASCII are escaped, so that the document is
 * the same in any character set, and safe on a terminal.
 */
public final class JsonDocument {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(Duration.class, new Seconds())
                    .addSerializer(double.class, new FiniteNumber())
                    .addSerializer(Double.class, new FiniteNumber())
                    .addSerializer(Json.class, new Embedded()))
            .build();

    private static final ObjectWriter LINES = MAPPER.writer(new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE));

    private final String text;

    /** Writes a record that contains records, lists, texts, numbers, truth values and times. */
    public JsonDocument(Record content) {
        this(LINES, content);
    }

    private JsonDocument(ObjectWriter writer, Record content) {
        try {
            text = writer.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document that cannot be written", e);
        }
    }

    /** The same without spaces and line ends. */
    public static JsonDocument compact(Record content) {
        return new JsonDocument(MAPPER.writer(), content);
    }

    public void print(PrintWriter out) {
        out.print(text + System.lineSeparator()); // its line ends are no part of a value
        out.flush();
    }

    public byte[] bytes() {
        return (text + System.lineSeparator()).getBytes(US_ASCII);
    }

    @Override
    public String toString() {
        return text;
    }

    private static final class Seconds extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeNumber(value.toMillis() / 1_000.0);
        }
    }

    private static final class FiniteNumber extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                generator.writeNumber(value);
            } else {
                generator.writeNull();
            }
        }
    }

    /** Copies a document that the database holds, its escapes adapted. */
    private static final class Embedded extends JsonSerializer<Json> {
        @Override
        public void serialize(Json value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            try (JsonParser parser = generator.getCodec().getFactory().createParser(value.text())) {
                parser.nextToken();
                generator.copyCurrentStructure(parser);
            }
        }
    }
}
