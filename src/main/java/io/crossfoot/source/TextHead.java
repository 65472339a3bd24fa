package io.crossfoot.source;

import io.crossfoot.csv.CsvDialect;
import io.crossfoot.csv.CsvInput;
import io.crossfoot.error.ShapeException;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.StorageFault;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;

/**
 * The beginning of a text file, unpacked and decoded.
 *
 * @param text what was read, without a byte order mark
 * @param whole whether that is all of the file
 * @param byteOrderMark the bytes in front of the text that are none of it, where the file is read as it is
 */
public record TextHead(String text, boolean whole, int byteOrderMark) {
    /** Long enough for any sensible header, and for some hundred JSON records. */
    static final int BYTES = 256 * 1024;

    /** Reads the beginning of a file in UTF-8. */
    static TextHead of(String table, InputFile file, Configuration hadoop) {
        return of(table, file, CsvDialect.standard(), hadoop);
    }

    /** Reads the beginning of a file in the charset of its dialect. */
    static TextHead of(String table, InputFile file, CsvDialect dialect, Configuration hadoop) {
        byte[] bytes = bytes(table, file, hadoop);
        boolean whole = bytes.length < BYTES;
        requireNoOther(table, file, bytes);
        if (dialect.mustDecode()) {
            return new TextHead(decoded(table, file, bytes, dialect.charset()), whole, 0);
        }
        int mark = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        return new TextHead(utf8(table, file, bytes, mark), whole, mark);
    }

    private static byte[] bytes(String table, InputFile file, Configuration hadoop) {
        try (InputStream unpacked = CsvInput.unpacked(file.path(), hadoop)) {
            return unpacked.readNBytes(BYTES);
        } catch (IOException failed) {
            throw unreadable(table, file, failed);
        } catch (RuntimeException unable) {
            if (unable.getCause() instanceof URISyntaxException) {
                throw new StorageException(
                        "Cannot read %s: %s: Hadoop opens no local file with ':' in its name; rename it"
                                .formatted(table, file.path()),
                        unable);
            }
            // so says a codec that lacks its native library
            throw new StorageException(
                    "Cannot read %s: %s cannot be unpacked here (%s); unpack it or pack it with gzip"
                            .formatted(table, file.path(), unable.getMessage()),
                    unable);
        }
    }

    private static StorageException unreadable(String table, InputFile file, IOException failed) {
        if (StorageFault.of(failed) != StorageFault.OTHER) {
            return StorageFault.reading(failed, "read %s: %s".formatted(table, file.path()), "");
        }
        if (failed instanceof FileNotFoundException) {
            return new StorageException(
                    "Cannot read %s: %s vanished after it was listed; start again".formatted(table, file.path()),
                    failed);
        }
        return new StorageException(
                "Cannot read %s: %s is damaged (%s); write it again or take it out of the folder"
                        .formatted(table, file.path(), failed.getMessage()),
                failed);
    }

    private static void requireNoOther(String table, InputFile file, byte[] bytes) {
        if (startsWith(bytes, 'P', 'A', 'R', '1')) {
            throw notText(table, file, "it is a Parquet file; " + Advice.onParquet(table));
        }
        if (startsWith(bytes, 0x1F, 0x8B)) {
            throw notText(table, file, "it is packed with gzip; let its name end in .gz");
        }
    }

    private static String utf8(String table, InputFile file, byte[] bytes, int mark) {
        ByteBuffer in = ByteBuffer.wrap(bytes, mark, bytes.length - mark);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = strict(StandardCharsets.UTF_8).decode(in, out, false);
        for (int i = 0; i < in.position(); i++) {
            if (bytes[i] == 0) {
                throw notText(table, file, "byte %d is zero; is it binary, or UTF-16?".formatted(i));
            }
        }
        if (result.isError()) {
            throw notText(
                    table, file, "byte %d is 0x%02X; write it as UTF-8".formatted(in.position(), bytes[in.position()]));
        }
        return out.flip().toString();
    }

    private static String decoded(String table, InputFile file, byte[] bytes, String charset) {
        boolean hasMark = startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE);
        if (charset.equals(StandardCharsets.UTF_16.name()) && !hasMark) {
            throw new ShapeException(
                    "Cannot read %s: %s has no byte order mark; name its charset as UTF-16LE or UTF-16BE"
                            .formatted(table, file.path()));
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(2 * bytes.length + 1);
        CoderResult result = strict(Charset.forName(charset)).decode(in, out, false);
        String text = out.flip().toString();
        if (result.isError()) {
            throw new ShapeException("Cannot read %s: %s is not %s text: byte %d is 0x%02X; name another charset"
                    .formatted(table, file.path(), charset, in.position(), bytes[in.position()]));
        }
        if (text.indexOf('\0') >= 0) {
            throw new ShapeException("Cannot read %s: %s is not %s text: character %d is zero; name another charset"
                    .formatted(table, file.path(), charset, text.indexOf('\0')));
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static ShapeException notText(String table, InputFile file, String why) {
        return new ShapeException("Cannot read %s: %s is not UTF-8 text: %s".formatted(table, file.path(), why));
    }
}
