package dev.crowdlab.configuration;

import dev.crowdlab.settings.KnownSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Variables of the environment that look like settings and are none. */
final class SettingVariables {

    /** Read by the launcher. */
    private static final Pattern LAUNCHER = Pattern.compile("CROWDLAB_(HEAP|JAR|CACHE|JAVA_OPTIONS)");

    /** Made by Kubernetes for each service, here for those whose names begin with crowdlab. */
    private static final Pattern SERVICE = Pattern.compile(
            "CROWDLAB_(SERVICE_.*|PORT.*|(.+_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP|SCTP)(_.*)?))");

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private static final int DATASET = 2;

    private final KnownSettings known;

    SettingVariables(KnownSettings known) {
        this.known = known;
    }

    /** Why the variable cannot be meant, in one sentence; empty: it is a setting, or no affair of ours. */
    Optional<String> problem(String variable, String value) {
        List<String> words = Arrays.asList(variable.toLowerCase(Locale.ROOT).split("_", -1));
        if (!isOurs(words) || isForeign(variable, value) || isKnown(words, 1)) {
            return Optional.empty();
        }
        if (isKnown(words, words.size())) {
            return Optional.of(
                    variable + ": a dataset's name is written without _ in the environment, whatever it is in a"
                            + " file; write " + joined(words));
        }
        return Optional.of(variable + ": there is no such setting; "
                + nearest(words).map(meant -> "did you mean " + meant + "?").orElse("correct its name or remove it"));
    }

    private static boolean isOurs(List<String> words) {
        if (words.size() < DATASET) {
            return false;
        }
        String second = words.get(1).equals("data") && words.size() > DATASET ? "data" + words.get(2) : words.get(1);
        return KnownSettings.isNear(words.get(0), "crowdlab")
                || (words.get(0).equals("spring")
                        && !second.equals("data")
                        && KnownSettings.isNear(second, "datasource"));
    }

    /** Whether the variable belongs to the launcher or to Kubernetes. */
    static boolean isForeign(String variable, String value) {
        return LAUNCHER.matcher(variable).matches()
                || SERVICE.matcher(variable).matches()
                || (variable.endsWith("_PORT") && SERVICE_ADDRESS.matcher(value).matches());
    }

    private boolean isKnown(List<String> words, int longestName) {
        return known.names().stream().anyMatch(name -> isOf(words, name, longestName));
    }

    /** Whether the words are those of a setting, one for each of its own, or one for each part between hyphens. */
    private static boolean isOf(List<String> words, List<String> name, int longestName) {
        if (name.isEmpty() || words.isEmpty()) {
            return name.isEmpty() == words.isEmpty();
        }
        String first = name.get(0);
        List<String> rest = name.subList(1, name.size());
        if (first.equals(KnownSettings.REST)) {
            return true;
        }
        if (first.equals(KnownSettings.NAME)) {
            for (int length = 1; length <= Math.min(longestName, words.size()); length++) {
                if (isOf(words.subList(length, words.size()), rest, longestName)) {
                    return true;
                }
            }
            return false;
        }
        boolean isSame = first.equals(KnownSettings.INDEX)
                ? words.get(0).matches("\\d+")
                : words.get(0).equals(first.replace("-", ""));
        List<String> parts = List.of(first.split("-"));
        return (isSame && isOf(words.subList(1, words.size()), rest, longestName))
                || (words.size() >= parts.size()
                        && words.subList(0, parts.size()).equals(parts)
                        && isOf(words.subList(parts.size(), words.size()), rest, longestName));
    }

    /** The variable of a dataset with its name in one word. */
    private String joined(List<String> words) {
        int length = 1;
        while (!isKnown(joined(words, length), 1)) {
            length++;
        }
        return upper(joined(words, length));
    }

    private static List<String> joined(List<String> words, int length) {
        List<String> result = new ArrayList<>(words.subList(0, DATASET));
        result.add(String.join("", words.subList(DATASET, DATASET + length)));
        result.addAll(words.subList(DATASET + length, words.size()));
        return result;
    }

    private Optional<String> nearest(List<String> words) {
        String written = String.join("", words);
        return known.names().stream()
                .filter(name -> !name.contains(KnownSettings.REST))
                .map(name -> name.stream().map(word -> word(word, words)).toList())
                .filter(name -> KnownSettings.isNear(written, String.join("", name)))
                .findFirst()
                .map(SettingVariables::upper);
    }

    private static String word(String known, List<String> words) {
        return switch (known) {
            case KnownSettings.NAME -> words.size() > DATASET ? words.get(DATASET) : "";
            case KnownSettings.INDEX -> words.get(words.size() - 1);
            default -> known.replace("-", "");
        };
    }

    private static String upper(List<String> words) {
        return words.stream().collect(Collectors.joining("_")).toUpperCase(Locale.ROOT);
    }
}
