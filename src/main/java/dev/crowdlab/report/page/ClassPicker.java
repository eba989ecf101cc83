package dev.crowdlab.report.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.crowdlab.report.figures.ClassFigures;
import dev.crowdlab.report.figures.ClassFigures.Cell;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.NaturalOrder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The data that the script needs to show the classes of one annotator: names, and per annotator flat triples of
 * consensus, given (numbers of names) and labels.
 */
final class ClassPicker {

    private static final JsonFactory JSON = new JsonFactory();

    private final Context context;
    private final ClassFigures classes;
    private final List<String> names;

    ClassPicker(Context context) {
        this.context = context;
        classes = context.figures().classes();
        names = new ArrayList<>(classes.classes());
        classes.byAnnotator().values().stream().flatMap(List::stream).forEach(cell -> {
            addName(cell.consensus());
            addName(cell.given());
        });
    }

    private void addName(String name) {
        if (!names.contains(name)) {
            names.add(name);
        }
    }

    /** Safe in a script element: without a character that could end it. */
    String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("shown", classes.classes().size());
            json.writeNumberField("matrix", classes.matrix().size());
            json.writeArrayFieldStart("classes");
            for (String name : names) {
                json.writeString(context.classes().inTable(name).plain());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("annotators");
            List<String> annotators = new ArrayList<>(classes.byAnnotator().keySet());
            annotators.sort(NaturalOrder.comparator());
            for (String annotator : annotators) {
                write(
                        json,
                        annotator,
                        Objects.requireNonNull(classes.byAnnotator().get(annotator)));
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    private void write(JsonGenerator json, String annotator, List<Cell> cells) throws IOException {
        json.writeStartArray();
        json.writeString(context.annotators().inTable(annotator).plain());
        for (Cell cell : cells) {
            json.writeNumber(names.indexOf(cell.consensus()));
            json.writeNumber(names.indexOf(cell.given()));
            json.writeNumber(cell.labels());
        }
        json.writeEndArray();
    }
}
