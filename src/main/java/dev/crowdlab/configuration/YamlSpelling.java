package dev.crowdlab.configuration;

import dev.crowdlab.settings.DatasetSetting;
import dev.crowdlab.settings.WrittenSettings;
import dev.crowdlab.settings.section.Setting.Trait;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Words in YAML files that are meant as text and that YAML reads as numbers or booleans of another spelling: {@code
 * 010} is 8, {@code 1:30} is 90, {@code 1_000} is 1000. As class, name of a dataset, user or password each must be
 * quoted.
 */
final class YamlSpelling {

    private static final Pattern CLASS = WrittenSettings.patternOf(DatasetSetting.CLASSES);
    private static final Pattern DATASET = Pattern.compile("crowdlab\\.datasets\\.[^.]+");
    private static final Pattern PROJECT = Pattern.compile("crowdlab\\.templates\\.[^.]+\\.projects\\..+");
    /** Names that a source takes as they are. */
    private static final List<Pattern> IN_SOURCE = DatasetSetting.all().stream()
            .filter(setting -> setting.is(Trait.SPELLED))
            .map(WrittenSettings::patternOf)
            .toList();

    private static final Pattern LOGIN =
            Pattern.compile("(crowdlab\\.source|spring\\.datasource)\\.(username|password)");

    private static final String ADVICE = "; quote it to keep its spelling";

    /** The spellings of each type that reading does not change. */
    private static final Map<Tag, Pattern> UNCHANGED = Map.of(
            Tag.INT, Pattern.compile("0|-?[1-9]\\d*"),
            Tag.FLOAT, Pattern.compile("-?(0|[1-9]\\d{0,5})\\.(0|\\d{0,8}[1-9])"),
            Tag.BOOL, Pattern.compile("true|false"));

    private final List<String> problems;

    private YamlSpelling(List<String> problems) {
        this.problems = problems;
    }

    /** Adds a sentence for each word. */
    static void check(ConfigurableEnvironment environment, List<String> problems) {
        Set<Resource> files = new LinkedHashSet<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                addFile(enumerable, files);
            }
        }
        files.forEach(new YamlSpelling(problems)::check);
    }

    private static void addFile(EnumerablePropertySource<?> source, Set<Resource> files) {
        for (String name : source.getPropertyNames()) {
            Origin origin = OriginLookup.getOrigin(source, name);
            if (origin instanceof TextResourceOrigin text && text.getResource() != null) {
                String file = String.valueOf(text.getResource().getFilename());
                if (!file.endsWith(".properties")) {
                    files.add(text.getResource());
                }
                return;
            }
        }
    }

    private void check(Resource file) {
        try (Reader text = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
            new Yaml(new LoaderOptions()).composeAll(text).forEach(document -> walk("", document));
        } catch (IOException gone) {
            problems.add(file.getFilename() + ": cannot be read again; leave settings alone while the program starts");
        }
    }

    private void walk(String path, @Nullable Node node) {
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> walkEntry(path, entry));
        } else if (node instanceof SequenceNode sequence) {
            for (int index = 0; index < sequence.getValue().size(); index++) {
                walk(path + "[" + index + "]", sequence.getValue().get(index));
            }
        } else if (node instanceof ScalarNode scalar && isRespelled(scalar)) {
            checkValue(path, scalar);
        }
    }

    private void walkEntry(String path, NodeTuple entry) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            return;
        }
        String below = key.getTag().equals(Tag.MERGE) ? path : (path.isEmpty() ? "" : path + ".") + key.getValue();
        if (DATASET.matcher(below).matches() && isRespelled(key)) {
            problems.add(
                    "crowdlab.datasets: YAML does not read the name " + key.getValue() + " as it is written" + ADVICE);
        }
        walk(below, entry.getValueNode());
    }

    /** Booleans and fractions as classes are reported elsewhere, with the text that they became. */
    private void checkValue(String path, ScalarNode scalar) {
        String setting = path.toLowerCase(Locale.ROOT);
        if ((CLASS.matcher(setting).matches() && scalar.getTag().equals(Tag.INT))
                || PROJECT.matcher(setting).matches()
                || IN_SOURCE.stream().anyMatch(name -> name.matcher(setting).matches())) {
            problems.add(path + ": YAML does not read " + scalar.getValue() + " as it is written" + ADVICE);
        } else if (LOGIN.matcher(setting).matches()) {
            problems.add(path + ": YAML does not read it as it is written; quote it");
        }
    }

    private static boolean isRespelled(ScalarNode scalar) {
        Pattern unchanged = UNCHANGED.get(scalar.getTag());
        return scalar.getScalarStyle() == ScalarStyle.PLAIN
                && unchanged != null
                && !unchanged.matcher(scalar.getValue()).matches();
    }
}
