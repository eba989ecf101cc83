// longer than 300 lines: a constant for each finding, in their order
package dev.crowdlab.finding;

import java.util.Arrays;
import java.util.Optional;

/**
 * Everything that a run can find, in the order in which it matters: causes before their consequences. The table of
 * checks.md has the same codes and words.
 */
public enum FindingCode {
    FAILED(
            Topic.CHECKS,
            "the run failed, and nothing of it is published; the message says why, also in PostgreSQL's words",
            "remove the cause, as the message says; the next run starts from the beginning"),
    ROW_COUNTS(Topic.CHECKS, "a table does not hold what was computed", "run again; if it persists, report it"),
    FUTURE_AS_OF(
            Topic.CHECKS,
            "--as-of is in the future (--allow-future)",
            "nothing, but until then plain runs are only recorded in the history"),
    HISTORY_ONLY(
            Topic.CHECKS,
            "a plain run is not shown, because the published run describes a later moment",
            "if that moment was a mistake, run --replace-newer"),
    REJECTED_SHARE(
            Topic.REJECTED_ROWS,
            "too many annotations, or too many predictions of a model, were rejected (max-rejected-share); observed"
                    + " is the greatest share",
            "the message names the three most frequent reasons, causes before consequences, each with an "
                    + "example value or the most frequent unknown labels, and a label that is probably misspelled:"
                    + " correct the rows, configure the classes, or raise the limit; other sources follow in sentences of"
                    + " their own, and below the limit run prints the same as a note"),
    LOST_CLASS(
            Topic.CLASSES,
            "a class had labels in the published run and has none now, or a label that is not among the classes is "
                    + "rejected for the first time, whatever the share; only recorded if the class was removed from the "
                    + "settings and its labels no longer arrive",
            "if a label has a new spelling, correct it or configure the classes"),
    MODELS_CHANGED(
            Topic.CHECKS,
            "compared with the published run, a model is missing, is new, or covers far fewer of the labeled examples: "
                    + "less than half the share, or 20 points less, if two examples or more are concerned; observed is "
                    + "the number of such models",
            "check whether the models have run and their predictions still arrive; a new model needs nothing if it is "
                    + "meant"),
    NO_PREDICTIONS(
            Topic.CHECKS,
            "there are no predictions: with best_quality and majority_vote the consensus is the majority vote, and "
                    + "quality is the annotators' agreement; with committee and dawid_skene both follow from the "
                    + "annotations alone. Refused if a "
                    + "predictions-query is configured, or the published run had models (the source label-studio "
                    + "counts as one only if the project has predictions)",
            "add a predictions-query if there is a model. If refused: check whether the model has run; "
                    + "quality-method: agreement publishes without predictions"),
    PREDICTED_SHARE(
            Topic.CHECKS,
            "too many labeled examples lack usable predictions (min-predicted-share)",
            "check whether the model has run"),
    ANNOTATION_AGE(
            Topic.CHECKS,
            "the newest annotation is too old, in hours (max-age), also checked if nothing is new; a warning "
                    + "if no annotation has an annotated_at",
            "check whether annotations still arrive"),
    VANISHED_SHARE(
            Topic.LABELS,
            "too many examples of the previously published run have disappeared (max-vanished-share)",
            "check whether the queries return everything, and whether ids have another format"),
    MIN_ANNOTATORS(
            Topic.ANNOTATORS,
            "too few annotators have annotations (min-annotators)",
            "check whether the annotations are all there"),
    MEAN_ANNOTATIONS(
            Topic.CHECKS,
            "examples have too few annotations on average (min-mean-annotations)",
            "check whether the annotations are all there"),
    MIN_EXAMPLES(
            Topic.CHECKS,
            "too few examples were analyzed (min-examples)",
            "look at rejected_row if rows were rejected, otherwise check whether the queries return " + "everything"),
    NOTHING_LABELED(Topic.CHECKS, "there has never been an annotation; label_next shows where to begin", "label"),
    GOLD_REJECTED(
            Topic.REJECTED_ROWS,
            "gold rows that could not be used; beyond max-rejected-share, from 10 such rows on, as bad as for other"
                    + " rows; a warning if none could be used",
            "rejected_row has the reasons: CONFLICTING_GOLD, NOT_ANNOTATED, UNKNOWN_LABEL, …"),
    GOLD_NOT_RANDOM(
            Topic.LABELS,
            "the examples with gold have other qualities than all examples: their mean quality is more than three standard "
                    + "errors away, so that gold corrects no share of a class, and the measured accuracy is not that of all "
                    + "labels; observed is the distance in standard errors. A selection by anything else is not seen",
            "ask for gold as the command sample draws it, and set sample-seed, so that only those examples count as drawn "
                    + "at random; other gold may stay"),
    GOLD_ACCURACY(
            Topic.CHECKS,
            "the share of gold labels that the published labels match, with its 90 % interval (min-gold-"
                    + "accuracy); a warning if no gold label could be used; with use-gold, the share of "
                    + "the labels from before gold decided, or whether gold changed the labels",
            "look at the labels that differ, where either side may be wrong, then at the annotators' "
                    + "gold_accuracy"),
    SHARES_OFF(
            Topic.LABELS,
            "the counted share of a class lies outside the 90 % interval of the share that gold corrects: labels err more "
                    + "in one direction than in the other; observed is the greatest difference between the two. Of the whole "
                    + "dataset, not of periods",
            "quote the corrected shares, in class_share; look at the labels that differ from gold for what the class is "
                    + "taken for"),
    DONE_BELOW_TARGET(
            Topic.LABELS,
            "gold shows that the examples that no more labels would be asked for are not right often enough: the upper end of "
                    + "the 90 % interval is below stop.at or stop.target-accuracy, so that no example is done",
            "look at the examples whose label differs from gold: annotators agree on something wrong there, "
                    + "which more labels do not mend"),
    STOP_NEEDS_GOLD(
            Topic.CHECKS,
            "no example has a state: stop.target-accuracy, or a panel of machines, needs 50 gold labels of examples drawn at "
                    + "random",
            "ask for gold as the command sample draws it, or set stop.at instead of stop.target-accuracy"),
    PANEL_WITHOUT_ANCHOR(
            Topic.ANNOTATORS,
            "the annotators declared as machines are not used: fewer than 50 examples have labels of two people, so that "
                    + "nobody can judge them, which refuses the run unless 20 examples have gold labels (with "
                    + "use-gold: anchor they count as annotators then, and gold measures them); or each shares fewer than 30 "
                    + "examples with people; or there are more than 64 classes",
            "have examples that machines labeled labeled by two people, or give gold with use-gold: anchor"),
    MACHINES_NOT_FOUND(
            Topic.ANNOTATORS,
            "a pattern of machines fits no annotator",
            "correct it, or leave it out; a new version of a model often has a new name"),
    LOOKS_LIKE_A_MACHINE(
            Topic.ANNOTATORS,
            "an annotator has the name of a language model and is not declared as a machine: models err together, and as "
                    + "annotators they outvote people",
            "declare it in machines; acknowledge the finding if it is a person"),
    MACHINES_LEFT_OUT(
            Topic.ANNOTATORS,
            "machines share fewer than 30 examples with people and are not used; observed is their number",
            "have some of their examples labeled by people"),
    MACHINE_BETTER_THAN_PEOPLE(
            Topic.ANNOTATORS,
            "a machine agrees with other people better than the person does, for at least half of the people compared: by "
                    + "the test of the alternative annotator, without tolerance",
            "make sure that people do not see its answers; then ask whether they have the time and the guidelines to be "
                    + "right"),
    FAMILY_SHARES_ERRORS(
            Topic.ANNOTATORS,
            "the mean correlation of the errors of two machines of one family, a warning beyond 0.5; observed is the "
                    + "correlation",
            "take a machine of another family instead"),
    MACHINE_DRIFT(
            Topic.ANNOTATORS,
            "machines that agree with people less or more often than before, by more than chance explains: in the last two "
                    + "periods, compared with up to eight before them",
            "ask whether a new version answers under the old name, and give each version an id of its own"),
    MACHINES_CHANGED(
            Topic.ANNOTATORS,
            "machines whose share of right labels differs from the published run by more than chance explains, or that have "
                    + "no label any more",
            "ask whether a new version answers under the old name, and give each version an id of its own"),
    QUALITY_DROP(
            Topic.LABELS,
            "the mean quality fell too far below that of the previously published run (max-quality-drop)",
            "find out what changed in the input or the settings: a different score or method has a different "
                    + "mean"),
    CHANGED_SHARE(
            Topic.LABELS,
            "too many labels differ from the previously published run (max-changed-share); new and vanished "
                    + "examples do not count; without a setting a warning beyond 10 %; with one also a warning if no "
                    + "example is in both",
            "look at label_change of this run"),
    ANNOTATION_AFTER_AS_OF(
            Topic.CHECKS,
            "the newest annotation is more than five minutes later than the run's moment",
            "for a past moment, make the queries exclude what came later; otherwise check the clock that "
                    + "annotated_at comes from"),
    TIME_WITHOUT_ZONE(
            Topic.CHECKS,
            "annotated_at has a type without a time zone, timestamp or date, and was read as UTC: if it is local time, "
                    + "periods, first and last times and max-age are off by the difference",
            "set time-zone of the dataset to the zone of these times, to UTC if they are in UTC"),
    CLASS_ORDER(
            Topic.CHECKS,
            "where votes alone decide, examples would agree far better with a model if its classes were in "
                    + "another order; observed is the share that would agree, threshold the share that does",
            "put the probabilities into the order of classes, or give them as (label, probability)"),
    MODEL_ECHO(
            Topic.CHECKS,
            "where votes are split, a model repeats the majority more often than a model that has not seen "
                    + "the labels could: observed is its share, threshold the highest plausible one. Of simulated "
                    + "models that repeat nine of ten majorities it names 35 % with three or more annotations per "
                    + "example and none with two, so that its absence proves nothing",
            "predict each example with a model that was fitted without it, as in cross-validation; or leave "
                    + "the model out"),
    MODELS_AT_FLOOR(
            Topic.CHECKS,
            "models give the consensus no more often than always giving the most frequent class would; a "
                    + "warning if all do: they add nothing",
            "check whether the predictions belong to these examples and classes"),
    UNIFORM_PREDICTIONS(
            Topic.CHECKS,
            "examples without a prediction count as 1/K for each class, as configured",
            "predict them, too"),
    NO_AGREEMENT(
            Topic.AGREEMENT,
            "no two annotators agree anywhere",
            "check whether ids and labels mean the same to all of them, and whether a join is wrong"),
    SINGLE_ANNOTATION_ONLY(
            Topic.CHECKS,
            "no example was labeled by two annotators",
            "have some examples labeled twice: without overlap no annotator can be assessed"),
    ANNOTATORS_AT_FLOOR(
            Topic.ANNOTATORS,
            "more than half of the annotators agree with the consensus no better than someone who always "
                    + "gives the most frequent class; where only they labeled, the model alone decides the consensus",
            "publish majority_vote instead if the model is not better than they are"),
    CLASSES_VANISHED(
            Topic.CLASSES,
            "annotators use a class that is the consensus of no example",
            "check for a misspelled label, or a class that cannot be distinguished from another; configure "
                    + "the classes"),
    OPPOSITE_LABELS(
            Topic.ANNOTATORS,
            "annotators who agree with a partner on 30 or more common examples less than guessing would, "
                    + "each with the shares of the classes that they gave on these examples: the whole interval lies "
                    + "below chance. It widens with the number of pairs, so that the chance of naming anyone who "
                    + "guesses is 5 %. Who prefers a class is not opposed for that",
            "ask them what they understand the classes to mean"),
    ONE_CLASS_ANNOTATORS(
            Topic.ANNOTATORS,
            "annotators with 30 or more labels who gave one class in at least 95 % of them, although it is "
                    + "the consensus of less than 80 % of the same examples: whatever they are shown, they answer the "
                    + "same",
            "ask them when they would give another class; their labels say little about individual examples"),
    DRIFT(
            Topic.ANNOTATORS,
            "annotators whose labels equal the consensus less often than before, by more than chance explains",
            "look at their labels in annotator_periods, and ask them: a guideline may have changed, or be forgotten"),
    LABELS_NOBODY_GAVE(
            Topic.REVIEW,
            "models outvoted all annotators of an example; a warning beyond 5 % of the labels",
            "look at review_queue, NOBODY_CHOSE_IT"),
    UNANIMITY_OVERRULED(
            Topic.REVIEW,
            "models outvoted three or more annotators who all agree",
            "look at each example: one side is wrong, or the example is"),
    PARTLY_PREDICTED(
            Topic.LABEL_NEXT,
            "some models predicted these unlabeled examples and others did not (or not usably); label_next "
                    + "omits them",
            "let every model predict them, or leave the model out"),
    DAWID_SKENE_UNSETTLED(
            Topic.CHECKS,
            "dawid_skene reached its maximum number of rounds before it converged",
            "compare with committee"),
    TABLES_LOST(
            Topic.CHECKS,
            "large tables of the previously published run were dropped, detached or emptied",
            "nothing, since this run replaces it; find out who did it with verify"),
    RETENTION_BEHIND(
            Topic.CHECKS,
            "the last two removals had to leave tables of old runs in place; the message names the session "
                    + "that uses them now",
            "end that session"),
    MEAN_QUALITY(Topic.LABELS, "mean quality of the consensus labels", "compare nights"),
    ESTIMATED_ACCURACY(
            Topic.CHECKS,
            "how many labels the committee, the only method, expects to be right. A warning if it is "
                    + "published with predictions and less than 20 % of the examples have two or more annotations: "
                    + "then there is no estimate, and its scores and qualities are too high",
            "add another method to compare with; if it is a warning, have more examples labeled twice, or "
                    + "give gold"),
    METHODS_DIFFER(
            Topic.CHECKS,
            "if committee or dawid_skene is among several consensus-methods: the share of labels that "
                    + "differ from the published ones, by method, how many labels the committee expects to be right, "
                    + "or why it does not say, and how many are right on gold, if there is any; observed is the "
                    + "greatest share",
            "look at some of the examples in alternative_consensus; have them labeled again by someone you " + "trust"),
    RENORMALIZED_PREDICTIONS(
            Topic.CHECKS,
            "predictions did not sum to 1 and were divided by their sum",
            "nothing, if they were rounded"),
    ANNOTATORS_WITHOUT_OVERLAP(
            Topic.ANNOTATORS,
            "some annotators share no example with any other annotator; they have no quality of their own",
            "give them examples that others have labeled"),
    AGREEMENT_MEASURES_DIFFER(
            Topic.AGREEMENT,
            "Krippendorff's alpha and Gwet's AC1 are 0.10 or more apart, usually because one class dominates",
            "look at annotator_confusion for the rare classes"),
    PAIRS_LIMITED(
            Topic.AGREEMENT,
            "only the annotators with the most labels, at most 200, were compared in pairs",
            "nothing"),
    TIES_BY_VOTES(Topic.LABELS, "labels that were tied and went to the class with most votes", "nothing"),
    TIES_BY_MODEL(
            Topic.LABELS, "labels that were tied and went to the class that the models find most probable", "nothing"),
    TIES_BY_CLASS_FREQUENCY(Topic.LABELS, "labels that were tied and went to the rarer class", "nothing"),
    TIES_BY_ANNOTATOR_ACCURACY(
            Topic.LABELS, "labels that were tied and went to the class of the more accurate annotators", "nothing"),
    TIES_BY_CLASS_ORDER(
            Topic.LABELS,
            "labels that were tied and went to the first class in the order of the classes, because no other "
                    + "rule decided: they are arbitrary",
            "get another annotation");

    /** So that a finding can stand directly behind another. */
    private static final int RANKS_APART = 10;

    private final Topic topic;
    private final String meaning;
    private final String advice;

    FindingCode(Topic topic, String meaning, String advice) {
        this.topic = topic;
        this.meaning = meaning;
        this.advice = advice;
    }

    /** What a finding is about. */
    public enum Topic {
        AGREEMENT,
        ANNOTATORS,
        CHECKS,
        CLASSES,
        LABELS,
        LABEL_NEXT,
        REJECTED_ROWS,
        REVIEW
    }

    /** The code of this name; empty: an earlier or later version had it. */
    public static Optional<FindingCode> named(String name) {
        return Arrays.stream(values()).filter(code -> code.name().equals(name)).findFirst();
    }

    public Topic topic() {
        return topic;
    }

    /** What was found, in general, as a clause. */
    public String meaning() {
        return meaning;
    }

    /** What to do about it, as a clause. */
    public String advice() {
        return advice;
    }

    /** Its place among all codes: the lower, the more it matters. */
    @SuppressWarnings("EnumOrdinal") // the order of the constants is what is meant
    public long rank() {
        return (long) RANKS_APART * (ordinal() + 1);
    }
}
