package dev.crowdlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password given to the program is in nothing that it prints or stores. */
class PasswordIT {

    @Test
    void thePasswordAppearsNowhere(@TempDir Path directory) throws Exception {
        try (Warehouse warehouse = Warehouse.with("colours")) {
            warehouse.execute(
                    "drop role if exists password_it",
                    "create role password_it superuser login password 'right-hidden-word'");
            String formerRules = demandPassword(warehouse, "password_it");
            try {
                for (String command : List.of("run", "runs", "migrate")) {
                    Program.Result wrong = Program.on(warehouse.database(), "password_it", "wrong-hidden-word")
                            .call(command);
                    assertThat(wrong.exitCode()).as(wrong.err()).isEqualTo(5);
                    assertThat(wrong.err()).contains("password_it").doesNotContain("hidden-word");
                }
                Program.Result stack = Program.on(warehouse.database(), "password_it", "wrong-hidden-word")
                        .callInNewProcess(directory, "run", "--verbose");
                assertThat(stack.out()).contains("\tat ").doesNotContain("hidden-word");
                Program right = Program.on(warehouse.database(), "password_it", "right-hidden-word")
                        .with("crowdlab.source.url", warehouse.database().url())
                        .with("crowdlab.source.username", "password_it")
                        .with("crowdlab.source.password", "right-hidden-word");
                Program.Result quiet = right.callInNewProcess(directory, "run");
                assertThat(quiet.exitCode()).as(quiet.out()).isZero();
                assertThat(quiet.out()).doesNotContain("hidden-word");
                Program.Result verbose = right.callInNewProcess(directory, "run", "--verbose", "--force");
                assertThat(verbose.exitCode()).as(verbose.out()).isZero();
                assertThat(verbose.out()).doesNotContain("hidden-word");
                assertThat(tablesThatContain(warehouse, "hidden-word")).isEmpty();
                assertThat(tablesThatContain(warehouse, "colours")).isNotEmpty();
            } finally {
                writeRules(warehouse, formerRules);
                warehouse.execute("drop owned by password_it", "drop role password_it");
            }
        }
    }

    /** Lets the server ask this user for a password, and gives the rules as they were. */
    private static String demandPassword(Warehouse warehouse, String user) throws SQLException {
        String rules = warehouse.value("select pg_read_file(current_setting('hba_file'))");
        writeRules(warehouse, "host all " + user + " all scram-sha-256\n" + rules);
        return rules;
    }

    private static void writeRules(Warehouse warehouse, String rules) throws SQLException {
        warehouse.execute("""
                do $do$
                declare
                    rules text := $rules$%s$rules$;
                begin
                    perform lo_from_bytea(4711, convert_to(rules, 'UTF8'));
                    perform lo_export(4711, current_setting('hba_file'));
                    perform lo_unlink(4711);
                end $do$""".formatted(rules), "select pg_reload_conf()");
    }

    private static List<String> tablesThatContain(Warehouse warehouse, String word) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String table : warehouse.rowCounts().keySet()) {
            String name = table.substring(2); // without the kind
            if (!warehouse
                    .value("select count(*) from " + name + " t where t::text like '%" + word + "%'")
                    .equals("0")) {
                found.add(name);
            }
        }
        return found;
    }
}
