package io.crossfoot.source;

import io.crossfoot.error.ShapeException;
import io.crossfoot.error.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * The beginning of a text file, unpacked and decoded.
 *
 * @param text what was read, without a byte order mark
 * @param whole whether that is all of the file
 */
public record TextHead(String text, boolean whole) {
    /** Long enough for any sensible header, and for some hundred JSON records. */
    static final int BYTES = 256 * 1024;

    static TextHead of(String table, InputFile file, Configuration hadoop) {
        Path path = new Path(file.path());
        byte[] bytes;
        try (InputStream raw = path.getFileSystem(hadoop).open(path)) {
            CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
            try (InputStream unpacked = codec == null ? raw : codec.createInputStream(raw)) {
                bytes = unpacked.readNBytes(BYTES);
            }
        } catch (FileNotFoundException | java.nio.file.AccessDeniedException unreadable) {
            throw new StorageException(
                    "Cannot read %s: %s; give this user the right to read it".formatted(table, unreadable.getMessage()),
                    unreadable);
        } catch (IOException damaged) {
            throw new StorageException(
                    "Cannot read %s: %s is damaged (%s); write it again or take it out of the folder"
                            .formatted(table, file.path(), damaged.getMessage()),
                    damaged);
        } catch (RuntimeException unable) {
            // so says a codec that lacks its native library
            throw new StorageException(
                    "Cannot read %s: %s cannot be unpacked here (%s); unpack it or pack it with gzip"
                            .formatted(table, file.path(), unable.getMessage()),
                    unable);
        }
        return new TextHead(decode(table, file, bytes), bytes.length < BYTES);
    }

    private static String decode(String table, InputFile file, byte[] bytes) {
        int start = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, false);
        String text = out.flip().toString();
        if (startsWith(bytes, 'P', 'A', 'R', '1')) {
            throw notText(table, file, "it is a Parquet file; name the format with --%s-format".formatted(table));
        }
        if (startsWith(bytes, 0x1F, 0x8B)) {
            throw notText(table, file, "it is packed with gzip; let its name end in .gz");
        }
        if (text.indexOf('\0') >= 0) {
            throw notText(table, file, "byte %d is zero; is it binary, or UTF-16?".formatted(text.indexOf('\0')));
        }
        if (result.isError()) {
            throw notText(
                    table, file, "byte %d is 0x%02X; write it as UTF-8".formatted(in.position(), bytes[in.position()]));
        }
        return text;
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
