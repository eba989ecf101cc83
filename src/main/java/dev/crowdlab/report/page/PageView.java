package dev.crowdlab.report.page;

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
 * @param header the top
 * @param agreement how much annotators agree
 * @param annotators who needs a talk
 * @param classes what is taken for what
 * @param labels the labels as a whole
 * @param consensus the consensus methods side by side
 * @param review what to look at again
 * @param wrong annotations that are probably wrong
 * @param next what to label next
 * @param rejected what could not be used
 * @param origin where it comes from
 */
public record PageView(
        String title,
        String style,
        String styleHash,
        String script,
        String scriptHash,
        List<Link> navigation,
        HeaderView header,
        @Nullable AgreementView agreement,
        @Nullable AnnotatorView annotators,
        @Nullable ClassView classes,
        @Nullable LabelView labels,
        @Nullable ConsensusView consensus,
        @Nullable ReviewView review,
        @Nullable WorkView wrong,
        @Nullable WorkView next,
        @Nullable RejectedView rejected,
        OriginView origin) {

    /** A link to a section, and whether there is nothing to see. */
    public record Link(String href, String text, boolean isNone) {}
}
