package dev.crowdlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** No test is left out of the build unnoticed: what {@code pom.xml}, {@code .ci/run} and the tests say of tags goes together. */
class TestTagsTest {

    private static final Path TESTS = Path.of("src", "test", "java");
    private static final String PREFIX = "tests.";

    /** Tags that {@code .ci/run} does not bring in, and the sentence of contributing.md that says so. */
    private static final Map<String, String> LEFT_OUT =
            Map.of("thorough", "`./mvnw -B verify -Pslow,tools,realdata,thorough`");

    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([^\"]+)\"\\)");
    private static final Pattern TEST = Pattern.compile("(?m)^    @(Test|ParameterizedTest)$");
    private static final Pattern PROFILES = Pattern.compile("(?m)(?:profiles\\+?=,?| -P)([a-z,]+)");

    @Test
    void everyTagIsExcludedByThePomAndUsedByATest() throws Exception {
        Set<String> used = new TreeSet<>();
        for (Path test : tests()) {
            TAG.matcher(Files.readString(test)).results().forEach(tag -> used.add(tag.group(1)));
        }
        Map<String, String> tags = tags(pom());
        assertThat(tags.values()).containsExactlyInAnyOrderElementsOf(used);
        String excluded = properties(pom()).get("tests.excluded");
        assertThat(excluded.split(","))
                .containsExactlyInAnyOrder(
                        tags.keySet().stream().map(name -> "${" + name + "}").toArray(String[]::new));
    }

    @Test
    void theScriptBringsInEveryTagButThoseThatThePageNames() throws Exception {
        String script = Files.readString(Path.of(".ci", "run"));
        Set<String> profiles = PROFILES.matcher(script)
                .results()
                .flatMap(names -> Stream.of(names.group(1).split(",")))
                .collect(Collectors.toSet());
        Map<String, String> tags = tags(pom());
        Set<String> missing = new TreeSet<>(tags.values());
        for (Element profile : elements(pom(), "profile")) {
            String id = profile.getElementsByTagName("id").item(0).getTextContent();
            if (profiles.contains(id)) {
                tags(profile).forEach((name, value) -> {
                    assertThat(value).as(id).isEqualTo("none");
                    missing.remove(tags.get(name));
                });
            }
        }
        assertThat(missing).isEqualTo(LEFT_OUT.keySet());
        assertThat(Path.of("src/site/markdown/contributing.md")).content().contains(LEFT_OUT.values());
    }

    @Test
    void noSubjectHasSlowTestsAlone() throws IOException {
        Map<Path, Boolean> hasQuick = new TreeMap<>();
        for (Path test : tests()) {
            String code = Files.readString(test);
            boolean isSlow = Pattern.compile("(?m)^@Tag\\(\"slow").matcher(code).find();
            long slow = Pattern.compile("(?m)^    @Tag\\(\"slow")
                    .matcher(code)
                    .results()
                    .count();
            long all = TEST.matcher(code).results().count();
            hasQuick.merge(test.getParent(), !isSlow && all > slow, Boolean::logicalOr);
        }
        assertThat(hasQuick).doesNotContainValue(false);
    }

    private static List<Path> tests() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
                    .toList();
        }
    }

    private static Element pom() throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new File("pom.xml"))
                .getDocumentElement();
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(index -> (Element) found.item(index))
                .toList();
    }

    /** The properties that the project, or a profile, sets itself. */
    private static Map<String, String> properties(Element owner) {
        Map<String, String> properties = new TreeMap<>();
        for (Element list : elements(owner, "properties")) {
            for (Element property : elements(list, "*")) {
                if (list.getParentNode().equals(owner)) {
                    properties.put(property.getTagName(), property.getTextContent());
                }
            }
        }
        return properties;
    }

    /** Tags by the name of the property that excludes them. */
    private static Map<String, String> tags(Element owner) {
        Map<String, String> tags = properties(owner);
        tags.keySet().removeIf(name -> !name.startsWith(PREFIX) || name.equals("tests.excluded"));
        return tags;
    }
}
