package dev.crowdlab.dataset;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Immutable ids in code-point order, stored as UTF-8 in one array; the dense index of an id is its position. Thread-safe. */
public final class IdList implements Utf8Texts {

    private final byte[] bytes;
    /** Id i is stored in bytes[starts[i] .. starts[i + 1]). */
    private final int[] starts;

    private IdList(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
    }

    /** The ids of a dictionary at the given indices, in the order of the indices. */
    static IdList of(IdDictionary index, int[] places) {
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
    static IdList of(List<String> texts) {
        IdDictionary index = new IdDictionary();
        int[] places = new int[texts.size()];
        for (int place = 0; place < places.length; place++) {
            byte[] text = texts.get(place).getBytes(StandardCharsets.UTF_8);
            places[place] = index.add(text, 0, text.length);
        }
        return of(index, places);
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
