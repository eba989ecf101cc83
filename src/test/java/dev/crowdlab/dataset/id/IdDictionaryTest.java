package dev.crowdlab.dataset.id;

import static dev.crowdlab.dataset.InputRows.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdDictionaryTest {

    private final IdDictionary index = new IdDictionary();

    private int add(String id) {
        byte[] bytes = utf8("<" + id + ">");
        return index.add(bytes, 1, bytes.length - 2);
    }

    private List<String> sorted() {
        return Arrays.stream(index.order()).mapToObj(index::text).toList();
    }

    private static List<String> byCodePoint(List<String> ids) {
        List<String> sorted = new ArrayList<>(ids);
        sorted.sort((left, right) ->
                Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray()));
        return sorted;
    }

    @Test
    void idsAreNumberedAsTheyArrive() {
        assertThat(add("b")).isZero();
        assertThat(add("a")).isEqualTo(1);
        assertThat(add("b")).isZero();
        assertThat(add("")).isEqualTo(2);
        assertThat(index.size()).isEqualTo(3);
        assertThat(index.find("a")).isEqualTo(1);
        assertThat(index.find("")).isEqualTo(2);
        assertThat(index.find("c")).isEqualTo(IdDictionary.ABSENT);
    }

    @Test
    void aHundredThousandIdsAreAllFoundAgain() {
        int count = 100_000;
        for (int id = 0; id < count; id++) {
            assertThat(add("example-" + id)).isEqualTo(id);
        }
        assertThat(index.size()).isEqualTo(count);
        for (int id = 0; id < count; id++) {
            assertThat(index.find("example-" + id)).isEqualTo(id);
            assertThat(add("example-" + id)).isEqualTo(id);
        }
        assertThat(index.text(99_999)).isEqualTo("example-99999");
        assertThat(index.find("example-100000")).isEqualTo(IdDictionary.ABSENT);
    }

    private static int hash(String text) {
        Murmur3 hash = new Murmur3();
        hash.hash(utf8(text), 0, text.length(), 0);
        return (int) hash.first();
    }

    @Test
    void idsWithEqualHashesAreToldApart() {
        Map<Integer, String> byHash = new HashMap<>();
        int collisions = 0;
        for (int id = 0; id < 400_000; id++) {
            String text = Integer.toString(id, 36);
            String other = byHash.putIfAbsent(hash(text), text);
            if (other != null) {
                collisions++;
                int first = add(other);
                assertThat(index.find(text)).isEqualTo(IdDictionary.ABSENT);
                assertThat(add(text)).isEqualTo(first + 1);
                assertThat(index.find(other)).isEqualTo(first);
            }
        }
        assertThat(collisions).as("pairs with equal hashes").isPositive();
    }

    @Test
    void orderIsThatOfCodePoints() {
        List<String> ids = List.of("b", "\uD83D\uDE00", "\uFFFD", "é", "", "ab", "a", "B", "aa", "\u0000");
        ids.forEach(this::add);
        assertThat(sorted()).containsExactly("", "\u0000", "B", "a", "aa", "ab", "b", "é", "\uFFFD", "\uD83D\uDE00");
    }

    @Test
    void orderSeesBeyondACommonPrefixAndZeroBytes() {
        List<String> ids = List.of(
                "prefix-12345678b",
                "prefix-12345678a",
                "prefix-1",
                "prefix-1\u0000",
                "prefix-",
                "prefix-\u0000\u0000",
                "prefix-12345678");
        ids.forEach(this::add);
        assertThat(sorted())
                .containsExactly(
                        "prefix-",
                        "prefix-\u0000\u0000",
                        "prefix-1",
                        "prefix-1\u0000",
                        "prefix-12345678",
                        "prefix-12345678a",
                        "prefix-12345678b");
    }

    @Test
    void orderOfRandomIdsIsThatOfCodePoints() {
        String[] letters = {"a", "b", "\u0000", "ÿ", "€", "\uFFFF", "\uD800\uDC00", "\uDBFF\uDFFF"};
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            String prefix = "a".repeat(random.nextInt(3) * 5);
            IdDictionaryTest test = new IdDictionaryTest();
            for (int id = 0; id < 60; id++) {
                StringBuilder text = new StringBuilder(prefix);
                for (int letter = random.nextInt(12); letter > 0; letter--) {
                    text.append(letters[random.nextInt(letters.length)]);
                }
                test.add(text.toString());
            }
            List<String> ids = new ArrayList<>();
            for (int id = 0; id < test.index.size(); id++) {
                ids.add(test.index.text(id));
            }
            assertThat(test.sorted()).as("seed %d", seed).isEqualTo(byCodePoint(ids));
        }
    }

    @Test
    void sortedIdsStayAsTheyAre() {
        List.of("a", "b", "c").forEach(this::add);
        assertThat(index.order()).containsExactly(0, 1, 2);
        assertThat(new IdDictionary().order()).isEmpty();
    }

    @Test
    void idsLongerThanTheFirstArrayAreTaken() {
        String longId = "é".repeat(10_000);
        assertThat(add("a")).isZero();
        assertThat(add(longId)).isEqualTo(1);
        assertThat(index.text(1)).isEqualTo(longId);
        assertThat(index.text(0)).isEqualTo("a");
    }
}
