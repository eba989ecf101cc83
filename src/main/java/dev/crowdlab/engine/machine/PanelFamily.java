package dev.crowdlab.engine.machine;

/**
 * How far machines of one family err together.
 *
 * @param name of the family
 * @param size of its machines in the panel, at least two
 * @param within mean correlation of errors of two of them, in [-1, 1], where it is defined
 * @param between the same of one of them and a machine of another family; NaN if it is nowhere defined
 */
public record PanelFamily(String name, int size, double within, double between) {

    /** Returns how many independent machines they are worth. */
    public double effectiveCount() {
        return size / (1 + (size - 1) * Math.max(0, within));
    }
}
