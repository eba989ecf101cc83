package dev.crowdlab.init;

import dev.crowdlab.settings.labelstudio.LabelStudioType;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A labeling configuration of Label Studio, an XML document. Its questions are the elements that have a name and say
 * which part of a task they are about.
 */
final class LabelingConfiguration {

    private static final List<String> PAIR = List.of("left", "right");
    private static final int DEFAULT_STARS = 5;
    private static final int MAX_STARS = 100;

    private final XMLStreamReader document;
    private final List<Question> questions = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private @Nullable List<String> open;

    private LabelingConfiguration(XMLStreamReader document) {
        this.document = document;
    }

    /**
     * A question that takes one answer for a task.
     *
     * @param name the name of the question
     * @param classes what annotations hold, in their order; none where the data of a task say it
     */
    record Question(String name, List<String> classes) {}

    /**
     * What is asked.
     *
     * @param questions those that take one answer, by name
     * @param others the types of the others, such as {@code Taxonomy} and {@code Choices, multiple}, without repetitions
     */
    public record Questions(List<Question> questions, List<String> others) {}

    /**
     * The questions in their order.
     *
     * @throws XMLStreamException if it is no XML document
     */
    static Questions questions(String text) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader document = factory.createXMLStreamReader(new StringReader(text.strip()));
        try {
            LabelingConfiguration configuration = new LabelingConfiguration(document);
            configuration.read();
            return new Questions(
                    configuration.questions,
                    configuration.others.stream().distinct().toList());
        } finally {
            document.close();
        }
    }

    private void read() throws XMLStreamException {
        while (document.hasNext()) {
            int event = document.next();
            if (event == XMLStreamReader.START_ELEMENT) {
                begin(document.getLocalName());
            } else if (event == XMLStreamReader.END_ELEMENT
                    && document.getLocalName().equals(LabelStudioType.CHOICES.element())) {
                open = null;
            }
        }
    }

    private void begin(String element) {
        Optional<String> name = attribute("name");
        List<String> choices = open;
        if (element.equals("Choice") && choices != null) {
            attribute("alias")
                    .or(() -> attribute("value"))
                    .filter(choice -> !choices.contains(choice))
                    .ifPresent(choices::add);
        } else if (name.isPresent() && attribute("toName").isPresent()) {
            Optional<LabelStudioType> type = Stream.of(LabelStudioType.values())
                    .filter(readable -> readable.element().equals(element))
                    .findFirst();
            Optional<String> restriction = restriction();
            if (type.isPresent() && restriction.isEmpty()) {
                questions.add(new Question(name.get(), classes(type.get())));
            } else {
                others.add(element + restriction.map(text -> ", " + text).orElse(""));
            }
        }
    }

    /** Why there may be more than one answer for a task. */
    private Optional<String> restriction() {
        return attribute("choice").equals(Optional.of("multiple"))
                ? Optional.of("multiple")
                : Stream.of("perRegion", "perItem")
                        .filter(each -> attribute(each).equals(Optional.of("true")))
                        .findFirst();
    }

    /** The classes; those of choices are added as they are read. */
    private List<String> classes(LabelStudioType type) {
        return switch (type) {
            case CHOICES -> {
                List<String> choices = new ArrayList<>();
                open = choices;
                yield choices;
            }
            case RATING ->
                IntStream.rangeClosed(1, stars()).mapToObj(String::valueOf).toList();
            case PAIRWISE -> PAIR;
        };
    }

    private int stars() {
        return attribute("maxRating")
                .filter(number -> number.matches("[0-9]{1,3}"))
                .map(Integer::parseInt)
                .filter(number -> number <= MAX_STARS)
                .orElse(DEFAULT_STARS);
    }

    private Optional<String> attribute(String name) {
        return Optional.ofNullable(document.getAttributeValue(null, name)).filter(value -> !value.isBlank());
    }
}
