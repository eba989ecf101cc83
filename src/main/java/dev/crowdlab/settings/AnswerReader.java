package dev.crowdlab.settings;

import static dev.crowdlab.settings.DatasetSetting.ABSTAIN;
import static dev.crowdlab.settings.DatasetSetting.CLASSES;
import static dev.crowdlab.settings.DatasetSetting.SCALE;
import static dev.crowdlab.settings.DatasetSetting.SELF_AGREEMENT;

import dev.crowdlab.dataset.rejection.AnswerRules;
import dev.crowdlab.dataset.rejection.AnswerScale;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.agreement.ClassScale;
import dev.crowdlab.settings.section.Section;
import dev.crowdlab.settings.section.SettingParser;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads which answers there are in a dataset, and what they mean. */
final class AnswerReader {

    private final Section dataset;
    private final List<String> classes;

    AnswerReader(Section dataset) {
        this.dataset = dataset;
        classes = dataset.find(CLASSES).map(this::checkedClasses).orElse(List.of());
    }

    /** The classes; empty if they are not given. */
    List<String> classes() {
        return classes;
    }

    AnswerRules rules() {
        return new AnswerRules(scale(), abstain(), dataset.get(SELF_AGREEMENT));
    }

    private AnswerScale scale() {
        AnswerScale scale = dataset.get(SCALE);
        String name = SettingParser.name(scale);
        if (scale == AnswerScale.NOMINAL) {
            return scale;
        }
        if (classes.isEmpty()) {
            dataset.problem(SCALE, name + " needs classes in ascending order; list them, or leave scale out");
        } else if (classes.size() > ClassScale.MAX_CLASSES) {
            dataset.problem(
                    SCALE,
                    name + " takes at most " + ClassScale.MAX_CLASSES + " classes, and there are " + classes.size()
                            + "; leave scale out");
        } else if (AnswerScale.INTERVAL == scale && AnswerScale.numbers(classes).isEmpty()) {
            dataset.problem(SCALE, "interval needs classes that are numbers; choose ordinal, or leave scale out");
        } else if (scale.of(classes).isEmpty()) {
            dataset.problem(
                    SCALE,
                    "interval needs numbers in ascending order, at most " + ClassScale.MAX_STEPS
                            + " steps of their last decimal apart; sort the classes, or choose ordinal");
        }
        return scale;
    }

    private List<String> abstain() {
        List<String> abstain = dataset.find(ABSTAIN).orElse(List.of());
        for (String answer : abstain) {
            if (answer.isBlank()) {
                dataset.problem(ABSTAIN, "has an element that is empty; give it text, or leave it out");
            } else if (answer.getBytes(StandardCharsets.UTF_8).length > InputRules.MAX_LABEL_BYTES) {
                dataset.problem(
                        ABSTAIN, "has an element longer than " + InputRules.MAX_LABEL_BYTES + " bytes; shorten it");
            } else if (classes.contains(answer)) {
                dataset.problem(
                        ABSTAIN,
                        "names '" + answer + "', which is one of the classes; an answer is a label or it abstains, so"
                                + " leave it out in one of the two");
            }
        }
        return List.copyOf(new LinkedHashSet<>(abstain));
    }

    private List<String> checkedClasses(List<String> classes) {
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < classes.size(); index++) {
            String label = classes.get(index);
            String key = CLASSES.name() + "[" + index + "]";
            if (label.isEmpty()) {
                dataset.values().problem(key, "is empty; every class needs a name");
            } else if (label.getBytes(StandardCharsets.UTF_8).length > InputRules.MAX_LABEL_BYTES) {
                dataset.values().problem(key, "is longer than " + InputRules.MAX_LABEL_BYTES + " bytes; shorten it");
            } else if (!seen.add(label)) {
                dataset.values().problem(key, "'" + label + "' is listed twice; remove one of them");
            }
        }
        if (classes.size() > Crowdlab.MAX_CLASSES) {
            dataset.problem(
                    CLASSES,
                    "names " + classes.size() + " classes, at most " + Crowdlab.MAX_CLASSES + " are taken; name fewer");
        }
        if (classes.size() < 2) {
            dataset.problem(CLASSES, "there is nothing to decide between fewer than two classes; name at least two");
        }
        return classes;
    }
}
