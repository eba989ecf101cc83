package dev.crowdlab.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class FileTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "a \"b\" \\ c", "line\nbreak", "\u0085\u2028\u0000", "naïve 😀", "", "# no comment: [x]"
            })
    void isReadBackByYamlAsItWas(String text) {
        String line = "key: " + FileText.quoted(text);

        assertThat(line).matches("[ -~]*");
        Map<String, Object> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(line);
        assertThat(read).containsEntry("key", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\u2028b", "a\u0085b"})
    void endsNoLineOfAComment(String text) {
        assertThat(FileText.comment(text)).matches("[ -~]*").startsWith("a\\u").endsWith("b");
    }
}
