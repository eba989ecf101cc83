package dev.crowdlab.dataset.id;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Immutable ids in code-point order, stored as UTF-8 in one array; the dense index of an id is its position.
 * Thread-safe.
 */
public final class IdList implements Utf8Texts, Serializable {

    private final byte[] bytes;
    /** Id i is stored in bytes[starts[i] .. starts[i + 1]). */
    private final int[] starts;

    private IdList(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
    }

    /** The ids of a dictionary at the given indices, in the order of the indices. */
    public static IdList of(IdDictionary index, int[] places) {
        int[] starts = new int[places.length + 1];
        for (int place = 0; place < places.length; place++) {
            starts[place + 1] = starts[place] + index.length(places[place]);
        }
        byte[] bytes = new byte[starts[places.length]];
        for (int place = 0; place < places.length; place++) {
            System.arraycopy(
                    index.bytes(), index.start(places[place]), bytes, starts[place], index.length(places[place]));
        }
        return new IdList(bytes, starts);
    }

    /** The given texts in the given order. */
    public static IdList of(List<String> texts) {
        IdDictionary index = new IdDictionary();
        int[] places = new int[texts.size()];
        for (int place = 0; place < places.length; place++) {
            byte[] text = texts.get(place).getBytes(StandardCharsets.UTF_8);
            places[place] = index.add(text, 0, text.length);
        }
        return of(index, places);
    }

    /** The ids of two lists in code-point order, each once, in that order. */
    public static IdList union(IdList one, IdList other) {
        int[] starts = new int[one.size() + other.size() + 1];
        byte[] bytes = new byte[Math.addExact(one.bytes.length, other.bytes.length)];
        int count = 0;
        int left = 0;
        int right = 0;
        while (left < one.size() || right < other.size()) {
            int order =
                    left == one.size() ? 1 : right == other.size() ? -1 : Utf8Texts.compare(one, left, other, right);
            IdList source = order <= 0 ? one : other;
            int index = order <= 0 ? left : right;
            System.arraycopy(source.bytes, source.start(index), bytes, starts[count], source.length(index));
            starts[count + 1] = starts[count] + source.length(index);
            count++;
            left += order <= 0 ? 1 : 0;
            right += order >= 0 ? 1 : 0;
        }
        return new IdList(Arrays.copyOf(bytes, starts[count]), Arrays.copyOf(starts, count + 1));
    }

    /** Returns the ids at the given places, in the order of the places. */
    public IdList select(int[] places) {
        int[] selected = new int[places.length + 1];
        for (int place = 0; place < places.length; place++) {
            selected[place + 1] = selected[place] + length(places[place]);
        }
        byte[] texts = new byte[selected[places.length]];
        for (int place = 0; place < places.length; place++) {
            System.arraycopy(bytes, starts[places[place]], texts, selected[place], length(places[place]));
        }
        return new IdList(texts, selected);
    }

    /** Returns where the ids of this list are in another one, -1 where they are not, both in code-point order. */
    public int[] placesIn(IdList all) {
        int[] places = new int[size()];
        int place = 0;
        for (int id = 0; id < places.length; id++) {
            while (place < all.size() && Utf8Texts.compare(all, place, this, id) < 0) {
                place++;
            }
            boolean isThere = place < all.size() && Utf8Texts.compare(all, place, this, id) == 0;
            places[id] = isThere ? place++ : -1;
        }
        return places;
    }

    @Override
    public int size() {
        return starts.length - 1;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int start(int index) {
        return starts[index];
    }

    @Override
    public int length(int index) {
        return starts[index + 1] - starts[index];
    }

    /** The id as text. */
    public String text(int index) {
        return new String(bytes, starts[index], length(index), StandardCharsets.UTF_8);
    }

    /** All ids as texts, in order. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>(size());
        for (int index = 0; index < size(); index++) {
            texts.add(text(index));
        }
        return texts;
    }
}
