package dev.crowdlab.cli.command;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.terminal.ErrorReport;
import dev.crowdlab.cli.terminal.LogOutput;
import dev.crowdlab.plan.RunPlanner;
import dev.crowdlab.postgres.SqlErrors;
import dev.crowdlab.report.ExampleSource;
import dev.crowdlab.report.Overview;
import dev.crowdlab.report.Report.Options;
import dev.crowdlab.report.figures.NightFigures;
import dev.crowdlab.report.figures.NightFigures.Subject;
import dev.crowdlab.report.overview.Standing;
import dev.crowdlab.report.query.RunChoice.Chosen;
import dev.crowdlab.text.Plural;
import dev.crowdlab.text.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The reports on all datasets, and the page over them. */
final class OverviewFiles {

    /** A database that has not given texts so often is not asked again: it may take its time each time. */
    private static final int MAX_FAILURES = 3;

    private final Application application;
    private final ExampleSources examples;
    private final Consumer<String> warnings;
    private int withoutTexts;

    /**
     * @param warnings receives a sentence for what a report is written without, and for a dataset without report
     */
    OverviewFiles(Application application, Consumer<String> warnings) {
        this.application = application;
        this.warnings = warnings;
        examples = new ExampleSources(application);
    }

    /**
     * What was written.
     *
     * @param datasets how many datasets the page has
     * @param problems how many of them have no report because it could not be made
     */
    record Written(int datasets, int problems) {

        /** Where it is. */
        String sentence(ReportFolder folder) {
            return "Wrote the overview of " + Plural.of(datasets, "dataset", "datasets") + " to " + folder.index();
        }
    }

    /**
     * Writes all of them.
     *
     * @param isStopped whether to give up
     * @throws UsageException if the folder cannot be written, or the writing was stopped; the page over all datasets is then as before
     */
    Written write(ReportFolder folder, boolean hasPseudonyms, boolean hasSettings, BooleanSupplier isStopped) {
        Overview overview = new Overview(application.bean(DataSource.class));
        Set<String> known = application.bean(RunPlanner.class).datasets().keySet();
        NightFigures night = overview.night(known);
        Options options = new Options(hasPseudonyms, hasSettings, ExampleSource.NONE);
        folder.open(night, options);
        List<Standing> standings = new ArrayList<>();
        int problems = 0;
        for (Subject subject : night.subjects()) {
            if (isStopped.getAsBoolean()) {
                throw new UsageException(
                        "The reports in " + folder.index().getParent() + " were not finished: stopped by a signal");
            }
            Standing standing = standing(overview, subject, folder, options);
            problems += standing.problem().isPresent() ? 1 : 0;
            standings.add(standing);
        }
        folder.close(overview.html(night, standings, options), night.moment());
        return new Written(standings.size(), problems);
    }

    /**
     * Writes all of them at the end of a night, whose results stay whatever happens here.
     *
     * @return whether all of them are there; if not, a sentence says why
     */
    boolean isWritten(ReportFolder folder, ProgramCall command) {
        try {
            Written written = write(folder, false, false, command.shutdown()::hasBegun);
            if (!LogOutput.isStructured()) {
                command.out().println(written.sentence(folder));
            }
            return written.problems() == 0;
        } catch (RuntimeException e) {
            ErrorReport.of(e).sentences().forEach(warnings);
            return false;
        }
    }

    private Standing standing(Overview overview, Subject subject, ReportFolder folder, Options options) {
        try {
            return overview.standing(
                    subject,
                    folder,
                    new Options(options.hasPseudonyms(), options.hasSettings(), texts(subject)),
                    sentence -> {
                        withoutTexts++;
                        warnings.accept("Dataset '" + subject.dataset() + "': " + sentence);
                    });
        } catch (UsageException e) {
            throw e;
        } catch (RuntimeException e) {
            if (SqlErrors.isUnreachable(e)) {
                throw e;
            }
            String reason = String.join(" ", ErrorReport.of(e).sentences());
            warnings.accept("Dataset '" + subject.dataset() + "' has no report: " + reason);
            return Overview.problem(
                    subject,
                    options.hasPseudonyms()
                            ? "Its report could not be made."
                            : "Its report could not be made: " + reason);
        }
    }

    private ExampleSource texts(Subject subject) {
        ExampleSource source = examples.of(new Chosen(subject.dataset(), 0));
        return withoutTexts < MAX_FAILURES ? source : new ExampleSource(source.link(), source.setting(), null, null);
    }
}
