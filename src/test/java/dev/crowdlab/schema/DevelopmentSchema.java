package dev.crowdlab.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Leaves a database as a development build from before 0.2.0 did: its history, and some of its tables. */
public final class DevelopmentSchema {

    /** The migrations of the last such build; there was none with the numbers 9 and 17. */
    private static final List<String> MIGRATIONS = List.of(
            "001 batch metadata",
            "002 input tables",
            "003 result tables",
            "004 audit chain",
            "005 dashboard views",
            "006 rights",
            "007 started by",
            "008 retention comments",
            "010 roles",
            "011 became current",
            "012 guarded records",
            "013 publication log",
            "014 rejected count",
            "015 forget log",
            "016 input indexes",
            "018 run history definition",
            "019 old history");

    private DevelopmentSchema() {}

    /** Makes the first of the migrations. */
    public static void make(DataSource database, int migrations) throws SQLException {
        Flyway.configure()
                .dataSource(database)
                .defaultSchema("crowdlab")
                .baselineVersion("0")
                .load()
                .baseline();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                PreparedStatement applied = connection.prepareStatement("""
                        insert into crowdlab.flyway_schema_history
                        values (?, ?, ?, 'SQL', ?, ?, current_user, now(), 10, true)""")) {
            statement.execute("delete from crowdlab.flyway_schema_history");
            for (int rank = 1; rank <= migrations; rank++) {
                String[] migration = MIGRATIONS.get(rank - 1).split(" ", 2);
                applied.setInt(1, rank);
                applied.setString(2, migration[0]);
                applied.setString(3, migration[1]);
                applied.setString(4, "V" + migration[0] + "__" + migration[1].replace(' ', '_') + ".sql");
                applied.setInt(5, 1_000_003 * rank);
                applied.executeUpdate();
            }
            statement.execute("""
                    create table crowdlab.batch_job_instance (job_instance_id bigint primary key, job_name text);
                    create table crowdlab.annotation (dataset text, example_id text, annotator_id text, label text);
                    create table crowdlab.run (run_id bigint primary key, dataset text, status text, hash text);
                    insert into crowdlab.run values (1, 'colors', 'PUBLISHED', repeat('0', 64));
                    create table crowdlab.label_quality (run_id bigint, example_id text) partition by list (run_id)""");
        }
    }

    /** How many migrations the last such build had. */
    public static int size() {
        return MIGRATIONS.size();
    }
}
