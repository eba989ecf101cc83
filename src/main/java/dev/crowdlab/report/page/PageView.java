package dev.crowdlab.report.page;

import dev.crowdlab.report.machine.MachineView;
import dev.crowdlab.report.state.StateView;
import dev.crowdlab.report.words.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page.
 *
 * @param title of the window
 * @param style the style sheet
 * @param styleHash its hash, as the policy names it
 * @param script the script
 * @param scriptHash its hash
 * @param navigation links to the sections
 * @param context what the sections are about
 * @param header the top
 * @param sections what the run tells; null: it has no results
 * @param origin where it comes from
 */
public record PageView(
        String title,
        String style,
        String styleHash,
        String script,
        String scriptHash,
        List<Link> navigation,
        Context context,
        HeaderView header,
        @Nullable Sections sections,
        OriginView origin) {

    /** A link to a section, and whether there is nothing to see. */
    public record Link(String href, String text, boolean isNone) {}

    /**
     * The sections of a run with results.
     *
     * @param agreement how much annotators agree
     * @param annotators which annotators to talk to
     * @param classes what is taken for what
     * @param labels the labels as a whole
     * @param shares how many examples are of each class
     * @param states what examples need
     * @param machines what machines are worth, and what gold did to the labels
     * @param consensus the consensus methods side by side
     * @param review what to look at again
     * @param wrong annotations that are probably wrong
     * @param next what to label next
     * @param rejected what could not be used
     */
    // more components: one for each section
    public record Sections(
            AgreementView agreement,
            AnnotatorView annotators,
            ClassView classes,
            LabelView labels,
            ShareView shares,
            StateView states,
            MachineView machines,
            ConsensusView consensus,
            Head review,
            Head wrong,
            Head next,
            RejectedView rejected) {

        List<Head> heads() {
            return List.of(
                    agreement.head(),
                    annotators.head(),
                    classes.head(),
                    labels.head(),
                    shares.head(),
                    Head.of(states),
                    Head.of(machines),
                    consensus.head(),
                    review,
                    wrong,
                    next,
                    rejected.head());
        }
    }
}
