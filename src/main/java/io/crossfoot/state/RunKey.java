package io.crossfoot.state;

import io.crossfoot.source.InputFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The SHA-256 of what a run has read: path, size, time and etag of each object, in the order of their paths. */
public final class RunKey {
    private final MessageDigest digest;

    RunKey() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the key of a run that reads these objects. */
    public static String of(List<InputFile> objects) {
        RunKey key = new RunKey();
        objects.forEach(key::add);
        return key.text();
    }

    void add(InputFile object) {
        String line = object.path() + '\n' + object.bytes() + '\n' + object.modified() + '\n' + object.etag() + '\n';
        digest.update(line.getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
