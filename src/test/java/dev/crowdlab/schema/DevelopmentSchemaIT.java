package dev.crowdlab.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.SlowAfter;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No command works on a database that a development build from before 0.2.0 made, and none changes it. */
class DevelopmentSchemaIT {

    private Warehouse warehouse;

    @BeforeEach
    void createDatabase() {
        warehouse = Warehouse.empty();
    }

    @AfterEach
    void drop() throws SQLException {
        warehouse.close();
    }

    @ParameterizedTest
    @SlowAfter(2)
    @ValueSource(
            strings = {
                "",
                "run",
                "run --dry-run",
                "migrate",
                "datasets",
                "runs",
                "show 1",
                "verify",
                "validate",
                "purge",
                "publish --run 1",
                "unpublish --dataset colors",
                "forget --annotator a1",
            })
    void everyCommandRefusesIt(String command) throws SQLException {
        DevelopmentSchema.make(warehouse.database().dataSource(), DevelopmentSchema.size());
        assertRefused(command.isEmpty() ? new String[0] : command.split(" "));
    }

    @Test
    void soDoesLoad(@TempDir Path directory) throws Exception {
        DevelopmentSchema.make(warehouse.database().dataSource(), DevelopmentSchema.size());
        Path file = directory.resolve("annotations.csv");
        Files.writeString(file, "example_id,annotator_id,label\ne1,a1,red\n");
        assertRefused("load", "--dataset", "colors", "--annotations", file.toString());
    }

    /** With fewer migrations than the program has, they might be taken for its own, some of them pending. */
    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(ints = {1, 5, 7})
    void anEarlierBuildsIsRefusedToo(int migrations) throws SQLException {
        DevelopmentSchema.make(warehouse.database().dataSource(), migrations);
        assertRefused("migrate");
        assertRefused("runs");
    }

    @Test
    void droppingItIsEnoughToBeginAnew() throws SQLException {
        DevelopmentSchema.make(warehouse.database().dataSource(), DevelopmentSchema.size());
        assertRefused("migrate");
        warehouse.execute("drop schema crowdlab cascade");
        assertThat(warehouse.program().call("migrate").exitCode()).isZero();
    }

    private void assertRefused(String... words) throws SQLException {
        List<String> before = contents();
        Program.Result result = warehouse.program().call(words);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .startsWith("Schema crowdlab of database "
                        + warehouse.value("select current_database()")
                        + " was created by a development build before version 0.2.0")
                .contains("drop the schemas crowdlab and crowdlab_bi");
        assertThat(contents()).isEqualTo(before);
    }

    private List<String> contents() throws SQLException {
        return warehouse.column("""
                select h::text from crowdlab.flyway_schema_history h
                union all select r::text from crowdlab.run r
                union all select c.oid::regclass::text from pg_class c where c.relnamespace = 'crowdlab'::regnamespace
                order by 1""");
    }
}
