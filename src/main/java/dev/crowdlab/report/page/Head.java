package dev.crowdlab.report.page;

import dev.crowdlab.report.machine.MachineView;
import dev.crowdlab.report.state.StateView;
import dev.crowdlab.report.words.Prose;

/**
 * How a section begins.
 *
 * @param id where links lead
 * @param title its heading
 * @param saying what it says, in a sentence
 * @param isNone whether there is nothing to show
 */
public record Head(String id, String title, Prose saying, boolean isNone) {

    /** That of the section on what examples need. */
    public static Head of(StateView view) {
        return new Head("states", "When to stop asking", view.saying(), view.isNone());
    }

    /** That of the section on machines. */
    public static Head of(MachineView view) {
        return new Head("machines", view.title(), view.saying(), view.isNone());
    }
}
