package dev.crowdlab.forget;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(mentions.replaceIn(text)).isEqualTo(expected);
        assertThat(mentions.isIn(text)).isEqualTo(!text.equals(expected));
    }
}
