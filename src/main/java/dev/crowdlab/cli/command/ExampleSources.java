package dev.crowdlab.cli.command;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.input.InputQueries;
import dev.crowdlab.plan.Databases;
import dev.crowdlab.report.ExampleSource;
import dev.crowdlab.report.query.RunChoice.Chosen;
import dev.crowdlab.settings.DatasetSetting;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.settings.WrittenSettings;
import org.jspecify.annotations.Nullable;

/** Where reports find more about a dataset's examples than their ids. */
final class ExampleSources {

    private final Settings settings;
    private final Databases databases;

    ExampleSources(Application application) {
        settings = application.bean(Settings.class);
        databases = application.bean(Databases.class);
    }

    /** That of the run's dataset; a dataset without settings has none. */
    ExampleSource of(Chosen run) {
        @Nullable DatasetSettings dataset = settings.datasets().get(run.dataset());
        if (dataset == null) {
            return ExampleSource.NONE;
        }
        String query = dataset.examples().textQuery();
        return new ExampleSource(
                id -> dataset.examples().link(id).orElse(""),
                WrittenSettings.nameOf(dataset.name(), DatasetSetting.EXAMPLE_TEXT_QUERY),
                query == null ? null : InputQueries.singleStatement(query).orElse("more than one statement"),
                query == null ? null : asOf -> databases.input(dataset, asOf));
    }
}
