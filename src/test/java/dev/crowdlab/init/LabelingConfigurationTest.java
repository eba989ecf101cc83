package dev.crowdlab.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.init.LabelingConfiguration.Question;
import dev.crowdlab.init.LabelingConfiguration.Questions;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

class LabelingConfigurationTest {

    @Test
    void questionsThatTakeOneAnswerHaveTheirClasses() throws XMLStreamException {
        Questions asked = LabelingConfiguration.questions("""
                <View><Text name="text" value="$text"/>
                  <Choices name="mood" toName="text"><Choice value="good" alias="1"/><Choice value="bad"/><Choice value="bad"/></Choices>
                  <Rating name="stars" toName="text" maxRating="3"/>
                  <Rating name="many" toName="text" maxRating="1000000000"/>
                  <Pairwise name="better" toName="a,b"/>
                  <Choices name="asked" toName="text" value="$choices"/>
                </View>""");
        assertThat(asked.others()).isEmpty();
        assertThat(asked.questions())
                .containsExactly(
                        new Question("mood", List.of("1", "bad")),
                        new Question("stars", List.of("1", "2", "3")),
                        new Question("many", List.of("1", "2", "3", "4", "5")),
                        new Question("better", List.of("left", "right")),
                        new Question("asked", List.of()));
    }

    @Test
    void everyOtherTypeIsNamed() throws XMLStreamException {
        Questions asked = LabelingConfiguration.questions("""
                <View><Image name="image" value="$image"/><Header value="Which?"/>
                  <Choices name="a" toName="image" choice="multiple"><Choice value="x"/></Choices>
                  <Choices name="b" toName="image" perRegion="true"><Choice value="x"/></Choices>
                  <Rating name="c" toName="image" perItem="true"/>
                  <Taxonomy name="d" toName="image"><Choice value="x"/></Taxonomy>
                  <RectangleLabels name="e" toName="image"><Label value="x"/></RectangleLabels>
                  <RectangleLabels name="f" toName="image"><Label value="x"/></RectangleLabels>
                </View>""");
        assertThat(asked.questions()).isEmpty();
        assertThat(asked.others())
                .containsExactly(
                        "Choices, multiple", "Choices, perRegion", "Rating, perItem", "Taxonomy", "RectangleLabels");
    }

    @Test
    void whatIsNoXmlIsRefusedAndNoEntityIsFetched() {
        assertThatThrownBy(() -> LabelingConfiguration.questions("<View><Choices name='x'"))
                .isInstanceOf(XMLStreamException.class);
        assertThatThrownBy(
                        () -> LabelingConfiguration.questions(
                                "<!DOCTYPE v [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><View><Choices name='&e;' toName='x'/></View>"))
                .isInstanceOf(XMLStreamException.class);
    }
}
