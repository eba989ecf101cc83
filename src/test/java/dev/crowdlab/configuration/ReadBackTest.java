package dev.crowdlab.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadBackTest {

    private static final Map<String, String> TEXTS = Map.of("a.b", "x", "a.list[0]", "1");
    private static final Map<String, String> VARIABLES = Map.of("a.secret", "PA55");

    @Test
    void whatIsReadAsItIsMeantDoesNotDiffer() {
        assertThat(ReadBack.difference("a:\n  b: \"x\"\n  list: [1]\n  secret: ${PA55}\n", TEXTS, VARIABLES))
                .isEmpty();
        assertThat(ReadBack.difference("a.b: \"\\\\${x}\\u0085\"\n", Map.of("a.b", "${x}\u0085"), Map.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            a: {b: y, list: [1], secret: '${PA55}'}                        | a.b
            a: {b: x, list: [1, 2], secret: '${PA55}'}                     | a.list[1]
            a: {b: x, secret: '${PA55}'}                                   | a.list[0]
            a: {b: x, list: [1], secret: '${OTHER}'}                       | a.secret
            a: {b: x, list: [1], secret: pa55}                             | a.secret
            a: {b: x, list: [1], secret: '${PA55}', 'more': 1}             | a.more
            a: {b: '${x}', list: [1], secret: '${PA55}'}                   | a.b
            a: {b: x, list: [1], secret: '${PA55}'}, logging.config: x     | the number of documents
            a: {b: x                                                       | the number of documents
            # nothing                                                      | the number of documents
            """)
    void anyOtherSettingDiffers(String text, String difference) {
        assertThat(ReadBack.difference(text + "\n", TEXTS, VARIABLES)).contains(difference);
    }

    @Test
    void anotherDocumentOrCharacterDiffers() {
        String text = "a: {b: x, list: [1], secret: '${PA55}'}\n";
        assertThat(ReadBack.difference(text + "---\nlogging.config: x\n", TEXTS, VARIABLES))
                .contains("the number of documents");
        assertThat(ReadBack.difference(text + "# \u0085logging.config: x\n", TEXTS, VARIABLES))
                .contains("a character other than printable ASCII");
    }
}
