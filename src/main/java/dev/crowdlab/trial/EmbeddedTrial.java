package dev.crowdlab.trial;

import dev.crowdlab.cli.call.Trial;
import dev.crowdlab.settings.EmbeddedSettings;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The trial with an embedded PostgreSQL, stored in a directory of its own. */
public final class EmbeddedTrial implements Trial {

    @Override
    public boolean hasDatabase(EmbeddedSettings settings) {
        return EmbeddedDatabase.exists(settings.directory());
    }

    @Override
    public OwnDatabase start(EmbeddedSettings settings) {
        return EmbeddedDatabase.start(settings.directory(), settings.port());
    }

    @Override
    public Optional<LoadedSample> loadSample(DataSource database) throws SQLException {
        if (!Sample.isWanted(database)) {
            return Optional.empty();
        }
        PastNights past = new Sample().load(database);
        return Optional.of(new LoadedSample(
                "The database holds no annotations yet: loaded a generated sample, dataset " + Sample.DATASET
                        + ". To give it a history, it is run as of "
                        + past.moments().size()
                        + " past Mondays, then as of now.",
                past));
    }

    @Override
    public List<String> description() {
        return List.of(
                "Reads who labeled what, and what a classifier predicted, from PostgreSQL; publishes consensus labels,"
                        + " the quality of every annotation and statistics of every annotator as tables.",
                "",
                "Without a command: starts an embedded PostgreSQL in ./.crowdlab (unless spring.datasource.url is set),"
                        + " loads a sample into it if it is empty and no dataset is configured, and runs every dataset.",
                "");
    }

    @Override
    public List<Object> commands() {
        return List.of(new DatabaseCommand());
    }
}
