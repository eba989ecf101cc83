package dev.crowdlab.settings;

import dev.crowdlab.text.UserProblem;
import java.util.List;

/** The settings are invalid. Each problem is one sentence: which setting, its value, what to do. */
public final class InvalidSettingsException extends RuntimeException implements UserProblem {

    @SuppressWarnings("serial") // lists of strings used here are serializable
    private final List<String> problems;

    public InvalidSettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    @Override
    public List<String> sentences() {
        return problems;
    }
}
