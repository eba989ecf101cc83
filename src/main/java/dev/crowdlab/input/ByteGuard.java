package dev.crowdlab.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Passes bytes through and shows each of them to a check, which may refuse the file. */
abstract class ByteGuard extends FilterInputStream {

    ByteGuard(InputStream input) {
        super(input);
    }

    /** Looks at the next byte. */
    abstract void look(byte next);

    /** Looks at what is open at the end of the file. */
    abstract void end();

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (count < 0) {
            end();
        }
        for (int position = offset; position < offset + count; position++) {
            look(bytes[position]);
        }
        return count;
    }
}
