package io.crossfoot.state;

import io.crossfoot.source.InputFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of values that come one by one, each as a line. */
final class Fingerprint {
    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void add(InputFile object) {
        add(object.path(), object.bytes(), object.modified(), object.etag());
    }

    void add(Object... values) {
        StringBuilder lines = new StringBuilder();
        for (Object value : values) {
            lines.append(value).append('\n');
        }
        digest.update(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the hash in hexadecimal; to be called once. */
    String text() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
