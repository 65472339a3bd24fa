package io.crossfoot.state;

import io.crossfoot.source.InputFile;
import java.util.List;

/** The SHA-256 of what a run has read: path, size, time and etag of each object, in the order of their paths. */
public final class RunKey {
    private RunKey() {}

    /** Returns the key of a run that reads these objects. */
    public static String of(List<InputFile> objects) {
        Fingerprint key = new Fingerprint();
        objects.forEach(key::add);
        return key.text();
    }
}
