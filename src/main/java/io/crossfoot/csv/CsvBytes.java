package io.crossfoot.csv;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;

/** The records of a range of a file, as many at a time as lie in a buffer. */
final class CsvBytes implements Closeable {
    /** A longer record is none: a quote or a line end is missing, or the file is no text. In bytes. */
    static final int LONGEST_RECORD = 64 << 20;

    private static final int BUFFER = 1 << 20;

    private final CsvSpec spec;
    private final CsvSplit.Range range;
    private final Configuration hadoop;
    private final InputStream in;
    private byte[] buffer;
    private int at;
    private int limit;
    private boolean ended;
    /** The place in the file of the first byte of the buffer. */
    private long base;

    CsvBytes(CsvSpec spec, CsvSplit.Range range, Configuration hadoop) throws IOException {
        this(spec, range, hadoop, BUFFER);
    }

    /** @param room how many bytes are kept at first */
    CsvBytes(CsvSpec spec, CsvSplit.Range range, Configuration hadoop, int room) throws IOException {
        this.buffer = new byte[room];
        this.spec = spec;
        this.range = range;
        this.hadoop = hadoop;
        String path = range.file().path();
        long first = range.file().data();
        FSDataInputStream raw = CsvInput.opened(path, hadoop);
        in = CsvInput.text(path, raw, spec.dialect(), hadoop);
        try {
            if (spec.isWhole(range.file())) {
                in.skipNBytes(first);
                base = first;
            } else if (range.start() <= first) {
                raw.seek(first);
                base = first;
            } else {
                // the record in which the range begins belongs to the range before
                raw.seek(range.start() - 1);
                base = range.start() - 1;
                skipLine();
            }
        } catch (IOException failed) {
            in.close();
            throw unreadable(failed, base);
        } catch (RuntimeException failed) {
            in.close();
            throw failed;
        }
    }

    /**
     * Takes records apart until there are as many as fit, or more bytes would have to be read. Blank lines are no
     * records. There are none when the range has ended.
     *
     * @throws IllegalArgumentException when a record is too long, or a quote is never closed where line breaks in quotes
     *     are allowed: nobody knows then where the next record begins
     */
    void read(CsvFields fields) throws IOException {
        fields.clear();
        CsvRecord record = fields.record();
        while (fields.rows() < fields.capacity() && skipLineEnds(fields) && base + at < range.end()) {
            int end = record.parse(buffer, at, limit, ended);
            if (end == CsvRecord.MORE) {
                if (fields.rows() > 0) {
                    // what was taken apart stays where it lies
                    break;
                }
                fill(record);
            } else {
                if (record.isOpen() && spec.dialect().multiline()) {
                    throw neverClosed();
                }
                if (!record.isBlank(buffer)) {
                    fields.add(buffer, at, end);
                }
                at = end;
            }
        }
        fields.lieIn(buffer, base);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Moves to the next byte that ends no line; false when there is none, or none without moving what was taken apart. */
    private boolean skipLineEnds(CsvFields fields) throws IOException {
        while (true) {
            if (at == limit && (fields.rows() > 0 || !fill(fields.record()))) {
                return false;
            }
            if (buffer[at] != '\n' && buffer[at] != '\r') {
                return true;
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

    private boolean fill(CsvRecord record) throws IOException {
        record.forget();
        return fill();
    }

    /** Reads on, keeping what begins at the current place; false when the file has ended. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, at, buffer, 0, limit - at);
        base += at;
        limit -= at;
        at = 0;
        if (limit == buffer.length) {
            if (limit >= LONGEST_RECORD) {
                throw new IllegalArgumentException(
                        "Cannot read %s: %s: the record at byte %d is longer than %d MiB; is it a CSV file, and is each quote closed?"
                                .formatted(spec.table(), range.file().path(), base, LONGEST_RECORD >> 20));
            }
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int before = limit;
        int read = 0;
        // streams give little at a time, and a long record is looked at from its beginning each time
        while (limit < buffer.length && read >= 0) {
            read = read();
            limit += Math.max(0, read);
        }
        ended = read < 0;
        return limit > before;
    }

    private int read() throws IOException {
        try {
            return in.read(buffer, limit, buffer.length - limit);
        } catch (IOException failed) {
            throw unreadable(failed, base + limit);
        }
    }

    /** What streams throw seldom says of which file. */
    private IOException unreadable(IOException failed, long place) {
        return new IOException(
                "Cannot read %s: %s is damaged, has changed, or cannot be reached behind byte %d (%s); write it again, or start again"
                        .formatted(spec.table(), range.file().path(), place, failed.getMessage()),
                failed);
    }

    private IllegalArgumentException neverClosed() throws IOException {
        return new IllegalArgumentException(
                "Cannot read %s: %s: the quote in line %d, after byte %d, is never closed; close it, or read without %s"
                        .formatted(spec.table(), range.file().path(), line(), base + at, spec.multilineName()));
    }

    /** Returns the line in which the record begins, counted from 1; reads the file again. */
    private long line() throws IOException {
        String path = range.file().path();
        try (FSDataInputStream raw = CsvInput.opened(path, hadoop);
                InputStream again = new BufferedInputStream(CsvInput.text(path, raw, spec.dialect(), hadoop))) {
            long line = 1;
            int before = 0;
            for (long place = 0; place < base + at; place++) {
                int next = again.read();
                line += next == '\r' || (next == '\n' && before != '\r') ? 1 : 0;
                before = next;
            }
            return line;
        }
    }
}
