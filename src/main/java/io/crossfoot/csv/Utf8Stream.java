package io.crossfoot.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Text of another charset as UTF-8, without a byte order mark. What cannot be decoded becomes U+FFFD. */
final class Utf8Stream extends InputStream {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Reader reader;
    private final char[] characters = new char[1 << 15];
    private byte[] bytes = {};
    private int at;
    private boolean begun;

    Utf8Stream(InputStream in, Charset charset) {
        this.reader = new InputStreamReader(in, charset);
    }

    @Override
    public int read() throws IOException {
        return fill() ? bytes[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int some = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, to, offset, some);
        at += some;
        return some;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private boolean fill() throws IOException {
        while (at == bytes.length) {
            // a decoder never hands out half of a character
            int read = reader.read(characters, 0, characters.length);
            if (read < 0) {
                return false;
            }
            int start = !begun && read > 0 && characters[0] == BYTE_ORDER_MARK ? 1 : 0;
            begun |= read > 0;
            bytes = new String(characters, start, read - start).getBytes(StandardCharsets.UTF_8);
            at = 0;
        }
        return true;
    }
}
