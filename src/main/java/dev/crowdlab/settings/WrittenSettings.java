package dev.crowdlab.settings;

import dev.crowdlab.settings.section.Section;
import dev.crowdlab.settings.section.Setting;
import dev.crowdlab.settings.section.SettingType.Shape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * All settings under {@code crowdlab} as they are written.
 *
 * @param program those of {@link ProgramSetting}
 * @param datasets those of {@link DatasetSetting}, by name of the dataset
 * @param templates by name
 * @param problems receives what is wrong with them
 */
public record WrittenSettings(
        Section program, Map<String, Section> datasets, Map<String, Template> templates, List<String> problems) {

    /** The section of all. */
    public static final String ROOT = "crowdlab";

    /** The section of the datasets, by name. */
    public static final String DATASETS = ROOT + ".datasets";

    /** The section of the templates, by name. */
    public static final String TEMPLATES = ROOT + ".templates";

    /** Below the name of a template. */
    public static final Setting<Map<String, String>> DATASET =
            Setting.map("dataset", "the settings of each of them, as under `crowdlab.datasets.NAME`");

    /** The datasets that a template makes. */
    public static final Setting<Map<String, String>> PROJECTS = Setting.map(
            "projects",
            "[datasets that differ in one value](#many-projects-one-setting): their names, each with its value");

    /** Maps are copied. */
    public WrittenSettings {
        datasets = new TreeMap<>(datasets);
        templates = new TreeMap<>(templates);
    }

    /**
     * Settings of several datasets that differ in one value.
     *
     * @param projects that value by name of the dataset, below {@link #PROJECTS}
     * @param dataset the settings of each
     */
    public record Template(Section projects, Section dataset) {}

    /** The name of a dataset's setting in full. */
    public static String nameOf(String dataset, Setting<?> setting) {
        return DATASETS + "." + dataset + "." + setting.name();
    }

    /** The name of a setting of the program in full. */
    public static String nameOf(Setting<?> setting) {
        return ROOT + "." + setting.name();
    }

    /** A dataset's setting by any full name in small letters, with the index of an element if it is a list. */
    public static Pattern patternOf(Setting<?> setting) {
        return Pattern.compile("crowdlab\\.(datasets\\.[^.]+|templates\\.[^.]+\\.dataset)\\."
                + setting.name().replace(".", "\\.").replace("-", "-?")
                + (setting.type().shape() == Shape.LIST ? "\\[\\d+]" : ""));
    }
}
