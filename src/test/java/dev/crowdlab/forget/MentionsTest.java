package dev.crowdlab.forget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MentionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ann     | Annotator 'ann' gave two labels.       | Annotator 'X' gave two labels.
            ann     | ann and joann, ann-1, ann.b and ann.   | X and joann, ann-1, ann.b and X.
            ann     | Key (run_id, annotator_id)=(4, ann)    | Key (run_id, annotator_id)=(4, X)
            17      | 17 of 117 rows, such as '17' and "17"  | 17 of 117 rows, such as 'X' and "X"
            o'hara  | where worker <> 'o''hara' -- o'hara    | where worker <> 'X' -- X
            a@b.org | mail a@b.org, not xa@b.org             | mail X, not xa@b.org
            $1\\    | the id '$1\\' is odd                   | the id 'X' is odd
            ann     | nobody                                 | nobody
            """)
    void anIdIsReplacedWhereItIsOne(String id, String text, String expected) {
        Mentions mentions = new Mentions(id, "X");
        assertThat(mentions.replaceIn(IdSearch.RUN_CHECK, text)).isEqualTo(expected);
        assertThat(mentions.isIn(IdSearch.RUN_CHECK, text)).isEqualTo(!text.equals(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            label     | select label, "label" from t where who <> 'label'  | select label, "label" from t where who <> 'X'
            select    | select 'a select' as a, 'select' as b              | select 'a select' as a, 'X' as b
            crowdlab  | crowdlab                                           | crowdlab
            ann       | who = any('{joann, ann,"ann",ann.b}')              | who = any('{joann, X,"X",ann.b}')
            ann       | /* not ann */ where who <> $q$ann$q$ -- ann cheats | /* not X */ where who <> $q$X$q$ -- X cheats
            ann       | who like 'ann %' or ann.who = 1                    | who like 'ann %' or ann.who = 1
            17        | who <> '17' and n > 17 and k <> '17,18'            | who <> 'X' and n > 17 and k <> '17,18'
            o'hara    | who <> 'o''hara' and who <> E'it\\'s' -- o'hara   | who <> 'X' and who <> E'it\\'s' -- X
            it's      | 'it''s' <> 'ann'                                   | 'X' <> 'ann'
            ann       | unfinished 'ann                                    | unfinished 'ann
            """)
    void aWordOfAQueryThatIsNoValueStays(String id, String query, String expected) {
        Mentions mentions = new Mentions(id, "X");
        assertThat(mentions.replaceIn(IdSearch.SETTINGS, query)).isEqualTo(expected);
        assertThat(mentions.isIn(IdSearch.SETTINGS, query)).isEqualTo(!query.equals(expected));
    }

    @Test
    void anIdWithinALongerStringIsNoticed() {
        Mentions mentions = new Mentions("ann", "X");
        assertThat(mentions.isWithinStringOf("who ~ 'ann|bob' and n like 'not ann at all'"))
                .isTrue();
        assertThat(mentions.isWithinStringOf("ann = 'ann' -- ann")).isFalse();
    }
}
