package io.crossfoot.source;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** The records of a range of a file, one at a time, as bytes in a buffer. */
final class CsvBytes implements Closeable {
    private static final int BUFFER = 1 << 20;
    private static final int LONGEST = 1 << 30;

    private final CsvSplit.Range range;
    private final CsvRecord record;
    private final InputStream in;
    private byte[] buffer = new byte[BUFFER];
    private int at;
    private int limit;
    private boolean ended;
    /** The place in the file of the first byte of the buffer. */
    private long base;

    private int from;
    private int to;

    CsvBytes(CsvSplit.Range range, CsvDialect dialect, Configuration hadoop) throws IOException {
        this.range = range;
        this.record = new CsvRecord(dialect);
        Path path = new Path(range.file().path());
        FSDataInputStream raw = path.getFileSystem(hadoop).open(path);
        CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
        try {
            in = codec == null ? raw : codec.createInputStream(raw);
            if (range.start() > 0) {
                // the record in which the range begins belongs to the range before
                raw.seek(range.start() - 1);
                base = range.start() - 1;
                skipLine();
            } else {
                skipByteOrderMark();
            }
        } catch (IOException | RuntimeException failed) {
            raw.close();
            throw failed;
        }
    }

    /** Moves to the next record that is not blank; false when there is none in this range. */
    boolean next() throws IOException {
        while (true) {
            skipLineEnds();
            if (at == limit || base + at >= range.end()) {
                return false;
            }
            from = at;
            to = record.parse(buffer, from, limit, ended);
            while (to == CsvRecord.MORE) {
                fill();
                from = at;
                to = record.parse(buffer, from, limit, ended);
            }
            at = to;
            if (!record.isBlank(buffer)) {
                return true;
            }
        }
    }

    /** Returns the record taken apart; its places are those of {@link #buffer}. */
    CsvRecord record() {
        return record;
    }

    byte[] buffer() {
        return buffer;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Returns the line in which the record begins, counted from 1; reads the file again, for a message. */
    long line(Configuration hadoop) throws IOException {
        Path path = new Path(range.file().path());
        CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
        try (InputStream raw = path.getFileSystem(hadoop).open(path);
                InputStream again = new BufferedInputStream(codec == null ? raw : codec.createInputStream(raw))) {
            long line = 1;
            int before = 0;
            for (long place = 0; place < base + from; place++) {
                int next = again.read();
                line += next == '\r' || (next == '\n' && before != '\r') ? 1 : 0;
                before = next;
            }
            return line;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void skipLineEnds() throws IOException {
        while (true) {
            if (at == limit && !fill()) {
                return;
            }
            if (buffer[at] != '\n' && buffer[at] != '\r') {
                return;
            }
            at++;
        }
    }

    private void skipLine() throws IOException {
        while (at < limit || fill()) {
            byte next = buffer[at++];
            if (next == '\n') {
                return;
            }
            if (next == '\r') {
                if ((at < limit || fill()) && buffer[at] == '\n') {
                    at++;
                }
                return;
            }
        }
    }

    private void skipByteOrderMark() throws IOException {
        while (limit < 3 && fill()) {
            continue;
        }
        if (limit >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
            at = 3;
        }
    }

    /** Reads on, keeping what begins at the current place; false when the file has ended. */
    private boolean fill() throws IOException {
        if (at > 0) {
            System.arraycopy(buffer, at, buffer, 0, limit - at);
            base += at;
            limit -= at;
            at = 0;
        }
        if (limit == buffer.length) {
            if (buffer.length > LONGEST / 2) {
                throw new IllegalArgumentException(
                        "Cannot read %s: a record is longer than %d bytes; is a quote never closed?"
                                .formatted(range.file().path(), LONGEST / 2));
            }
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int before = limit;
        int read = 0;
        // streams give little at a time, and a long record is looked at from its beginning each time
        while (limit < buffer.length && read >= 0) {
            read = in.read(buffer, limit, buffer.length - limit);
            limit += Math.max(0, read);
        }
        ended = read < 0;
        return limit > before;
    }
}
