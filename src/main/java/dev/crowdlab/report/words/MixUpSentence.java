package dev.crowdlab.report.words;

import dev.crowdlab.report.figures.ClassFigures.MixUp;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which class is given most often for which other, in a sentence or two. */
public final class MixUpSentence {

    /** From here on a share is worth telling beside that of the most frequent mix-up. */
    private static final double HIGHER = 1.5;

    /** With fewer labels the share of a mix-up is chance. */
    private static final int FEWEST_LABELS = 30;

    /** A class given for another less often is an accident. */
    private static final int FEWEST_MIX_UPS = 5;

    private MixUpSentence() {}

    /** Returns the sentence; empty if classes were hardly mixed up. */
    public static Optional<Prose> of(Context context) {
        List<MixUp> mixUps = context.figures().classes().mixUps();
        if (mixUps.isEmpty() || mixUps.get(0).labels() < FEWEST_MIX_UPS) {
            return Optional.empty();
        }
        MixUp most = mixUps.get(0);
        Prose.Builder sentence = Prose.begin()
                .quoted(context.classes().inSentence(most.given()), true)
                .bold(" for ")
                .quoted(context.classes().inSentence(most.consensus()), true)
                .bold(" is the most frequent mix-up:")
                .text(" ");
        addShare(context, sentence, most);
        mixUps.stream()
                .filter(mixUp -> mixUp.labels() >= FEWEST_LABELS)
                .max(Comparator.comparingDouble(MixUp::share))
                .filter(mixUp -> mixUp.share() >= HIGHER * most.share())
                .ifPresent(mixUp -> {
                    sentence.text(" Fewer, but a larger share: ")
                            .quoted(context.classes().inSentence(mixUp.given()), false)
                            .text(" for ")
                            .quoted(context.classes().inSentence(mixUp.consensus()), false)
                            .text(", ");
                    addShare(context, sentence, mixUp);
                });
        return Optional.of(sentence.end());
    }

    private static void addShare(Context context, Prose.Builder sentence, MixUp mixUp) {
        sentence.text(Words.labels(mixUp.labels()) + ", " + Numbers.percent(mixUp.labels(), mixUp.ofRow())
                        + " of those for examples whose consensus is ")
                .quoted(context.classes().inSentence(mixUp.consensus()), false)
                .text(".");
    }
}
