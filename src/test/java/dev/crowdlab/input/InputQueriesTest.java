package dev.crowdlab.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputQueriesTest {

    private static void assertStatement(String text, String statement) {
        assertThat(InputQueries.singleStatement(text)).contains(statement);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "with q as (select 1) select * from q",
                "values (1)",
                "table t",
                "select ';' as label",
                "select 'it''s; one' as label",
                "select E'\\';' as label",
                "select \"odd;name\" from t",
                "select $$a;b$$ as label",
                "select $tag$a;$$;b$tag$ as label",
                "select 1 /* a; b */ as label",
                "select 1 /* a /* nested; */ b; */ as label",
                "select 1 -- a; b\n as label",
                "select payload ? 'key' from t",
                "select payload ?| array['a', 'b'] and payload ?& array['c'] from t",
                "select '?' where $1 is null",
                "select a - -1, b / 2 from t"
            })
    void oneStatementStaysAsItIs(String text) {
        assertStatement(text, text);
    }

    @Test
    void trailingSemicolonsGo() {
        assertStatement("select 1;", "select 1");
        assertStatement("select 1 ; \n", "select 1 ");
        assertStatement("select 1;;;", "select 1");
        assertStatement("select ';';", "select ';'");
    }

    @Test
    void commentsBehindTheSemicolonGo() {
        assertStatement("select 1; -- done", "select 1");
        assertStatement("select 1; /* done; */ ; -- really", "select 1");
        assertStatement("-- first;\nselect 1", "-- first;\nselect 1");
        assertThat(InputQueries.singleStatement("; select 1").map(String::strip))
                .contains("select 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1; select 2",
                "select 1; drop table t;",
                "select 1; -- one\n select 2",
                "select 1;/**/delete from t",
                "select $$a$$; select $$b$$",
                "select 1; -",
                "select 1) as q; rollback; drop table t; select * from (select 1",
                "select 1) as q) to stdout; drop table t; copy (select * from (select 1",
                "select 1; /",
                "select 1; 'x'"
            })
    void severalStatementsAreNone(String text) {
        assertThat(InputQueries.singleStatement(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t", ";", ";;", "-- nothing", "/* nothing; */", "/* a */ -- b"})
    void nothingIsNoStatement(String text) {
        assertThat(InputQueries.singleStatement(text)).isEmpty();
    }
}
