package dev.crowdlab.proposal;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The questions of a labeling configuration of Label Studio, an XML document, that take one choice for a task: its
 * {@code Choices} other than multiple ones and those asked of each region.
 */
final class LabelingConfiguration {

    private static final String QUESTION = "Choices";

    private final XMLStreamReader document;
    private final Map<String, List<String>> questions = new LinkedHashMap<>();
    private @Nullable List<String> open;

    private LabelingConfiguration(XMLStreamReader document) {
        this.document = document;
    }

    /**
     * The classes by the name of the question, in their order; no classes where the data of a task say them.
     *
     * @throws XMLStreamException if it is no XML document
     */
    static Map<String, List<String>> questions(String text) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader document = factory.createXMLStreamReader(new StringReader(text.strip()));
        try {
            LabelingConfiguration configuration = new LabelingConfiguration(document);
            configuration.read();
            return configuration.questions;
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
                    && document.getLocalName().equals(QUESTION)) {
                open = null;
            }
        }
    }

    private void begin(String element) {
        if (element.equals(QUESTION)) {
            boolean isSingle = !attribute("choice").equals(Optional.of("multiple"));
            boolean isOfRegion = attribute("perRegion").equals(Optional.of("true"));
            open = new ArrayList<>();
            if (isSingle && !isOfRegion) {
                List<String> classes = open;
                attribute("name").ifPresent(name -> questions.put(name, classes));
            }
        } else if (element.equals("Choice") && open != null) {
            attribute("alias").or(() -> attribute("value")).ifPresent(open::add);
        }
    }

    private Optional<String> attribute(String name) {
        return Optional.ofNullable(document.getAttributeValue(null, name)).filter(value -> !value.isBlank());
    }
}
