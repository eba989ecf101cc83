package dev.crowdlab.trial;

import dev.crowdlab.trial.SampleTickets.Annotation;
import dev.crowdlab.trial.SampleTickets.Prediction;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Typical errors in real data, one of each kind, to show how a run handles them. None of these rows adds a label to the
 * six intents: the sample configures no classes, so such a label would become a class.
 */
final class SampleBadRows {

    /** Longer than a label may be; contains nothing that CSV would quote. */
    private static final String PASTED_TEXT =
            "billing: the customer writes that the invoice of last month was paid twice and"
                    + " asks for the second payment to be returned to the card it came from; the shop had promised this by"
                    + " telephone; please look up the two payments first and answer before the end of the week - thank you";

    private SampleBadRows() {}

    static void addTo(List<Annotation> annotations, List<Prediction> predictions) {
        // MISSING_ID, MISSING_LABEL, TOO_LONG: rows in addition to the correct ones.
        Annotation nobody = first(annotations, 42);
        annotations.add(new Annotation(nobody.exampleId(), "", nobody.label(), nobody.annotatedAt()));
        annotations.add(relabeled(first(annotations, 137), "annotator-13", ""));
        annotations.add(relabeled(first(annotations, 208), "annotator-13", PASTED_TEXT));

        // The same label sent twice collapses into one.
        annotations.add(first(annotations, 250));

        // CONFLICTING_ANNOTATION: two labels at the same time. SUPERSEDED_ANNOTATION: the annotator changed an earlier
        // label.
        Annotation conflicting = first(annotations, 377);
        annotations.add(relabeled(conflicting, conflicting.annotatorId(), otherLabel(conflicting)));
        Annotation superseded = first(annotations, 460);
        annotations.add(new Annotation(
                superseded.exampleId(),
                superseded.annotatorId(),
                otherLabel(superseded),
                superseded.annotatedAt().plus(Duration.ofHours(3))));

        // NO_PREDICTION: the model never saw a labeled ticket.
        predictions.removeIf(prediction -> prediction.exampleId().equals(SampleTickets.exampleId(512)));

        // BAD_PROBABILITY, DUPLICATE_PREDICTION, INCOMPLETE_PREDICTION, PROBABILITY_SUM: on unlabeled tickets, so that
        // no
        // annotation is refused because of them.
        replace(predictions, 751, "NaN");
        predictions.add(predictions.get(indexOfLogin(predictions, 764)));
        predictions.remove(indexOfLogin(predictions, 777));
        replace(predictions, 790, "0.9999");
    }

    private static Annotation first(List<Annotation> annotations, int ticket) {
        return annotations.stream()
                .filter(annotation -> annotation.exampleId().equals(SampleTickets.exampleId(ticket)))
                .findFirst()
                .orElseThrow();
    }

    private static Annotation relabeled(Annotation annotation, String annotatorId, String label) {
        return new Annotation(annotation.exampleId(), annotatorId, label, annotation.annotatedAt());
    }

    private static String otherLabel(Annotation annotation) {
        return annotation.label().equals("technical") ? "login" : "technical";
    }

    private static void replace(List<Prediction> predictions, int ticket, String probability) {
        int index = indexOfLogin(predictions, ticket);
        predictions.set(
                index,
                new Prediction(
                        predictions.get(index).exampleId(),
                        predictions.get(index).label(),
                        probability));
    }

    private static int indexOfLogin(List<Prediction> predictions, int ticket) {
        for (int index = 0; index < predictions.size(); index++) {
            Prediction prediction = predictions.get(index);
            if (prediction.exampleId().equals(SampleTickets.exampleId(ticket))
                    && prediction.label().equals("login")) {
                return index;
            }
        }
        throw new NoSuchElementException(SampleTickets.exampleId(ticket));
    }
}
