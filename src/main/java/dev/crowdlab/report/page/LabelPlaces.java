package dev.crowdlab.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds places for names beside their marks, so that none covers another; not thread-safe. */
final class LabelPlaces {

    private static final double CHARACTER = 7;
    private static final double LINE = 14;
    private static final double GAP = 8;
    private static final int TRIES = 8;

    private final double left;
    private final double right;
    private final double top;
    private final double bottom;
    private final List<Box> taken = new ArrayList<>();

    LabelPlaces(double left, double right, double top, double bottom) {
        this.left = left;
        this.right = right;
        this.top = top;
        this.bottom = bottom;
    }

    /** A place of text: where it is anchored, at its start or its end, and its baseline. */
    record Place(double x, double y, String anchor) {}

    private record Box(double left, double top, double right, double bottom) {

        boolean touches(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    /** Keeps a mark from being covered. */
    void keepFree(double x, double y) {
        taken.add(new Box(x - 5, y - 5, x + 5, y + 5));
    }

    /**
     * The place of a name of so many characters, and keeps it free; empty: there is none.
     *
     * @param isBelow whether to look below the mark first
     */
    Optional<Place> place(double x, double y, int length, boolean isBelow) {
        double width = length * CHARACTER;
        boolean isToTheLeft = x + GAP + width > right;
        double start = isToTheLeft ? Math.max(left, x - GAP - width) : x + GAP;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int step = (attempt + 1) / 2 * (attempt % 2 == 1 == isBelow ? 1 : -1);
            double baseline = y + 4 + step * LINE;
            Box box = new Box(start, baseline - 11, start + width, baseline + 3);
            if (box.top() >= top - LINE
                    && box.bottom() <= bottom
                    && taken.stream().noneMatch(box::touches)) {
                taken.add(box);
                return Optional.of(
                        isToTheLeft ? new Place(start + width, baseline, "end") : new Place(start, baseline, "start"));
            }
        }
        return Optional.empty();
    }
}
