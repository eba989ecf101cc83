package dev.crowdlab.trial;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The generated sample: support tickets, the labels that annotators of differing skill gave them on the working days of
 * eight weeks, and a model's predictions. A fixed seed and integer arithmetic make it identical on every machine; only
 * the weeks move with the day on which it is made.
 */
final class SampleTickets {

    static final int TICKET_COUNT = 800;
    static final int LABELED_COUNT = 740;
    static final int ANNOTATOR_COUNT = 14;
    static final int WEEKS = 8;
    static final List<String> INTENTS = List.of("billing", "cancellation", "delivery", "login", "refund", "technical");

    private static final long SEED = 20_260_105;

    private static final int DAYS_PER_WEEK = 5;
    private static final Duration START_OF_WORK = Duration.ofHours(8);
    private static final Duration BETWEEN_TICKETS = Duration.ofMinutes(19);
    private static final int MAX_SECONDS = 3 * 3_600;

    private static final int BILLING = 0;
    private static final int REFUND = 4;

    /** How many of 100 tickets have each intent. */
    private static final int[] INTENT_SHARES = {24, 9, 21, 14, 12, 20};

    /** How many of 100 tickets are labeled by two, three, four and five annotators. */
    private static final int[] CROWD_SHARES = {25, 45, 20, 10};

    /** How many of 100 tickets of usual difficulty each annotator labels correctly. */
    private static final int[] SKILLS = {96, 95, 86, 92, 91, 90, 88, 92, 85, 80, 84, 92, 38, 90};

    /** This annotator takes over the label of another wherever both label the same ticket. */
    private static final int COPYING_ANNOTATOR = 9;

    private static final int COPIED_ANNOTATOR = 2;

    /** This annotator labels at random from the sixth week on. */
    private static final int DRIFTING_ANNOTATOR = 7;

    private static final int LAST_GOOD_WEEK = 5;

    /** This annotator labels most refunds as billing and vice versa. */
    private static final int CONFUSED_ANNOTATOR = 11;

    private static final int CONFUSED_SKILL = 25;

    /** This annotator began in the last week and labeled only these tickets. */
    private static final int NEW_ANNOTATOR = 13;

    private static final List<Integer> NEW_ANNOTATOR_TICKETS = List.of(702, 709, 715, 718, 724, 731, 738);

    private static final int DIFFICULT_PERCENT = 15;
    private static final int DIFFICULTY = 30;
    private static final int MODEL_SKILL = 82;

    /** Probabilities are multiples of one over this number, so that they sum to exactly 1. */
    private static final int WHOLE = 10_000;

    private final Instant start;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<Annotation> annotations = new ArrayList<>();
    private final List<Prediction> predictions = new ArrayList<>();

    /** Makes the sample with annotations of the eight whole weeks before a day, Mondays to Fridays. */
    SampleTickets(LocalDate day) {
        start = monday(day, WEEKS);
        for (int ticket = 1; ticket <= TICKET_COUNT; ticket++) {
            int intent = draw(INTENT_SHARES);
            int difficulty = random.nextInt(100) < DIFFICULT_PERCENT ? DIFFICULTY : 0;
            if (ticket <= LABELED_COUNT) {
                annotate(ticket, intent, difficulty);
            }
            predict(ticket, intent, difficulty);
        }
        SampleBadRows.addTo(annotations, predictions);
    }

    /** Returns the start of a week, in UTC, some weeks before the week of a day. */
    static Instant monday(LocalDate day, int weeks) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .minusWeeks(weeks)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    /** Rows of {@code crowdlab.annotation} without the dataset. */
    List<Annotation> annotations() {
        return List.copyOf(annotations);
    }

    /** Rows of {@code crowdlab.prediction} without dataset and model. */
    List<Prediction> predictions() {
        return List.copyOf(predictions);
    }

    static String exampleId(int ticket) {
        return String.format(Locale.ROOT, "ticket-%04d", ticket);
    }

    private void annotate(int ticket, int intent, int difficulty) {
        int day = (ticket - 1) * WEEKS * DAYS_PER_WEEK / LABELED_COUNT;
        int week = day / DAYS_PER_WEEK + 1;
        int[] labels = new int[ANNOTATOR_COUNT];
        List<Integer> chosen = annotators(ticket);
        for (int annotator : chosen) {
            boolean isRandom = annotator == DRIFTING_ANNOTATOR && week > LAST_GOOD_WEEK;
            labels[annotator] = isRandom ? random.nextInt(INTENTS.size()) : label(annotator, intent, difficulty);
            if (annotator == COPYING_ANNOTATOR && chosen.contains(COPIED_ANNOTATOR)) {
                labels[annotator] = labels[COPIED_ANNOTATOR];
            }
            annotations.add(new Annotation(
                    exampleId(ticket),
                    String.format(Locale.ROOT, "annotator-%02d", annotator + 1),
                    INTENTS.get(labels[annotator]),
                    annotatedAt(ticket, day)));
        }
    }

    private int label(int annotator, int intent, int difficulty) {
        return random.nextInt(100) < skill(annotator, intent) - difficulty ? intent : mistake(annotator, intent);
    }

    /** Draws a moment within working hours of one of the forty days. */
    private Instant annotatedAt(int ticket, int day) {
        int firstOfDay = (day * LABELED_COUNT + WEEKS * DAYS_PER_WEEK - 1) / (WEEKS * DAYS_PER_WEEK) + 1;
        return start.plus(Duration.ofDays(day / DAYS_PER_WEEK * 7L + day % DAYS_PER_WEEK))
                .plus(START_OF_WORK)
                .plus(BETWEEN_TICKETS.multipliedBy(ticket - firstOfDay))
                .plus(Duration.ofSeconds(random.nextInt(MAX_SECONDS)));
    }

    /** Draws two to five annotators; the one who copies labels last, the new one in the place of another. */
    private List<Integer> annotators(int ticket) {
        int count = 2 + draw(CROWD_SHARES);
        List<Integer> rest =
                new ArrayList<>(IntStream.range(0, NEW_ANNOTATOR).boxed().toList());
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < count) {
            chosen.add(rest.remove(random.nextInt(rest.size())));
        }
        if (NEW_ANNOTATOR_TICKETS.contains(ticket)) {
            chosen.set(count - 1, NEW_ANNOTATOR);
        }
        chosen.sort(Comparator.comparing(annotator -> annotator == COPYING_ANNOTATOR));
        return chosen;
    }

    private static int skill(int annotator, int intent) {
        boolean isConfused = annotator == CONFUSED_ANNOTATOR && (intent == BILLING || intent == REFUND);
        return isConfused ? CONFUSED_SKILL : SKILLS[annotator];
    }

    private int mistake(int annotator, int intent) {
        if (annotator == CONFUSED_ANNOTATOR && intent == BILLING) {
            return REFUND;
        }
        if (annotator == CONFUSED_ANNOTATOR && intent == REFUND) {
            return BILLING;
        }
        return otherThan(intent);
    }

    private void predict(int ticket, int intent, int difficulty) {
        int favorite = random.nextInt(100) < MODEL_SKILL - difficulty ? intent : otherThan(intent);
        int confidence = WHOLE * 45 / 100 + random.nextInt(WHOLE * 52 / 100);
        int[] parts = new int[INTENTS.size()];
        int sum = 0;
        for (int label = 0; label < parts.length; label++) {
            parts[label] = label == favorite ? 0 : 1 + random.nextInt(100);
            sum += parts[label];
        }
        int left = WHOLE;
        for (int label = 0; label < parts.length; label++) {
            parts[label] = (WHOLE - confidence) * parts[label] / sum;
            left -= parts[label];
        }
        parts[favorite] = left;
        for (int label = 0; label < parts.length; label++) {
            predictions.add(new Prediction(exampleId(ticket), INTENTS.get(label), probability(parts[label])));
        }
    }

    private static String probability(int part) {
        return String.format(Locale.ROOT, "%d.%04d", part / WHOLE, part % WHOLE);
    }

    private int otherThan(int intent) {
        return (intent + 1 + random.nextInt(INTENTS.size() - 1)) % INTENTS.size();
    }

    /** Draws an index, with its share of 100 as the probability. */
    private int draw(int[] shares) {
        int lot = random.nextInt(100);
        int index = 0;
        while (lot >= shares[index]) {
            lot -= shares[index];
            index++;
        }
        return index;
    }

    /** The label that one annotator gave one ticket, and when. */
    record Annotation(String exampleId, String annotatorId, String label, Instant annotatedAt) {

        /** The row as CSV; an empty field is NULL. */
        String csv(String dataset) {
            return String.join(",", dataset, exampleId, annotatorId, label, annotatedAt.toString());
        }
    }

    /** The model's probability of one intent for one ticket. */
    record Prediction(String exampleId, String label, String probability) {

        /** The row as CSV; an empty field is NULL. */
        String csv(String dataset) {
            return String.join(",", dataset, exampleId, label, probability);
        }
    }
}
