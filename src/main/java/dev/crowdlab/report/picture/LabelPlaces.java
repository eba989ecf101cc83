package dev.crowdlab.report.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds places for names beside their marks, or further away with a line to the mark, so that none covers another or a
 * mark; not thread-safe.
 */
public final class LabelPlaces {

    private static final double CHARACTER = 7.6;
    private static final double ASCENT = 10;
    private static final double DESCENT = 3;
    private static final double MARK = 5;
    private static final double GAP = 8;

    /** The distance of a name with a line from other marks, whose name it could be taken for. */
    private static final double FAR = 14;

    private static final double CLEAR = 3;

    /** Where a name begins or ends that stands right beside its mark, before those that need a line. */
    private static final double[][] OFFSETS = {
        {GAP, 4},
        {-GAP, 4},
        {GAP, 14},
        {-GAP, 14},
        {GAP, -6},
        {-GAP, -6},
        {18, 22},
        {-18, 22},
        {18, -16},
        {-18, -16},
        {28, 4},
        {-28, 4},
        {26, 36},
        {-26, 36},
        {26, -30},
        {-26, -30},
        {44, 22},
        {-44, 22},
        {44, -16},
        {-44, -16},
        {14, 54},
        {-14, 54},
        {14, -48},
        {-14, -48},
        {60, 4},
        {-60, 4}
    };

    private static final int BESIDE = 6;
    private static final int STEPS = 16;

    private final double left;
    private final double right;
    private final double top;
    private final double bottom;
    private final List<Point> marks = new ArrayList<>();
    private final List<Box> names = new ArrayList<>();

    public LabelPlaces(double left, double right, double top, double bottom) {
        this.left = left;
        this.right = right;
        this.top = top;
        this.bottom = bottom;
    }

    /**
     * A place of text: where it is anchored, at its start or its end, its baseline, and a line from the mark or
     * nothing.
     */
    public record Place(double x, double y, String anchor, String line) {}

    private record Point(double x, double y) {}

    private record Box(double left, double top, double right, double bottom) {

        boolean touches(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }

        double distance(Point point) {
            double across = Math.max(0, Math.max(left - point.x, point.x - right));
            double down = Math.max(0, Math.max(top - point.y, point.y - bottom));
            return Math.sqrt(across * across + down * down);
        }
    }

    /** Keeps a mark from being covered. */
    public void keepFree(double x, double y) {
        marks.add(new Point(x, y));
    }

    /** The place of a name of so many characters for a mark, and keeps it free; empty: there is none. */
    public Optional<Place> place(double x, double y, int length) {
        for (int i = 0; i < OFFSETS.length; i++) {
            boolean isToTheLeft = OFFSETS[i][0] < 0;
            double anchor = x + OFFSETS[i][0];
            double baseline = y + OFFSETS[i][1];
            double width = length * CHARACTER;
            double start = isToTheLeft ? anchor - width : anchor;
            Box box = new Box(start, baseline - ASCENT, start + width, baseline + DESCENT);
            double end = baseline - 4;
            boolean hasLine = i >= BESIDE;
            List<Box> line = hasLine ? line(x, y, anchor, end) : List.of();
            if (isFree(box, new Point(x, y), hasLine) && isFree(line, new Point(x, y))) {
                names.add(box);
                names.addAll(line);
                String path = hasLine ? path(x, y, anchor + (isToTheLeft ? 2 : -2), end) : "";
                return Optional.of(new Place(anchor, baseline, isToTheLeft ? "end" : "start", path));
            }
        }
        return Optional.empty();
    }

    /** Whether nothing is in the way; a name without a line has to be nearer to its own mark than to any other. */
    private boolean isFree(Box box, Point mark, boolean hasLine) {
        double reach = hasLine ? FAR : Math.max(MARK, box.distance(mark));
        return box.left() >= left
                && box.right() <= right
                && box.top() >= top
                && box.bottom() <= bottom
                && names.stream().noneMatch(box::touches)
                && marks.stream().noneMatch(other -> !other.equals(mark) && box.distance(other) <= reach);
    }

    /** Small boxes along a line. */
    private static List<Box> line(double x, double y, double endX, double endY) {
        List<Box> line = new ArrayList<>();
        for (int step = 1; step <= STEPS; step++) {
            double atX = x + (endX - x) * step / STEPS;
            double atY = y + (endY - y) * step / STEPS;
            line.add(new Box(atX - CLEAR, atY - CLEAR, atX + CLEAR, atY + CLEAR));
        }
        return line;
    }

    /** Whether a line from a mark passes no other, and no name. */
    private boolean isFree(List<Box> line, Point mark) {
        return line.stream()
                .noneMatch(box -> names.stream().anyMatch(box::touches)
                        || marks.stream().anyMatch(other -> !other.equals(mark) && box.distance(other) <= CLEAR));
    }

    /** From the edge of the mark to the name. */
    private static String path(double x, double y, double endX, double endY) {
        double length = Math.sqrt((endX - x) * (endX - x) + (endY - y) * (endY - y));
        double share = (MARK + 1) / length;
        return "M" + Svg.point(x + share * (endX - x), y + share * (endY - y)) + "L" + Svg.point(endX, endY);
    }
}
