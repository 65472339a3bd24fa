package io.crossfoot.csv;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.ZStandardCodec;

/** Opens files: unpacked as their names say, and as UTF-8 whatever they are written in. */
public final class CsvInput {
    private CsvInput() {}

    /** Returns whether a file is compressed, by its name. */
    public static boolean isPacked(String path, Configuration hadoop) {
        return new CompressionCodecFactory(hadoop).getCodec(new Path(path)) != null;
    }

    /** Opens a file and unpacks it. */
    public static InputStream unpacked(String path, Configuration hadoop) throws IOException {
        return unpacked(path, opened(path, hadoop), hadoop);
    }

    /** Opens a file, unpacks it, and decodes it unless it is UTF-8; then a byte order mark is gone, too. */
    static InputStream text(String path, FSDataInputStream raw, CsvDialect dialect, Configuration hadoop)
            throws IOException {
        InputStream unpacked = unpacked(path, raw, hadoop);
        return dialect.mustDecode() ? new Utf8Stream(unpacked, Charset.forName(dialect.charset())) : unpacked;
    }

    static FSDataInputStream opened(String path, Configuration hadoop) throws IOException {
        Path file = new Path(path);
        return file.getFileSystem(hadoop).open(file);
    }

    private static InputStream unpacked(String path, FSDataInputStream raw, Configuration hadoop) throws IOException {
        CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(new Path(path));
        try {
            if (codec instanceof ZStandardCodec) {
                // Hadoop's own needs a native library that few installations have; Spark brings this one
                return new ZstdInputStreamNoFinalizer(raw);
            }
            return codec == null ? raw : new FromStart(codec.createInputStream(raw));
        } catch (IOException | RuntimeException failed) {
            raw.close();
            throw failed;
        }
    }

    /**
     * Reads into the beginning of an array only. Between two blocks, Hadoop's bzip2 takes the place in the array for the
     * number of bytes to read, and writes further than it was asked to (BZip2CompressionInputStream.read).
     */
    private static final class FromStart extends InputStream {
        private final InputStream in;
        private final byte[] some = new byte[1 << 16];
        private int at;
        private int limit;

        FromStart(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return fill() ? some[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int read = Math.min(length, limit - at);
            System.arraycopy(some, at, to, offset, read);
            at += read;
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        private boolean fill() throws IOException {
            if (at == limit) {
                at = 0;
                limit = Math.max(0, in.read(some, 0, some.length));
            }
            return at < limit;
        }
    }
}
