package io.crossfoot.state;

import io.crossfoot.source.InputFile;
import java.util.regex.Pattern;

/** One object of S3 may be called {@code s3://} here and {@code s3a://} there; the state knows it by the latter. */
final class ObjectPath {
    private static final Pattern S3 = Pattern.compile("s3n?://.*");

    private ObjectPath() {}

    static String unified(String path) {
        return S3.matcher(path).matches() ? "s3a" + path.substring(path.indexOf(':')) : path;
    }

    /** Returns an object as the state remembers it. */
    static InputFile unified(InputFile object) {
        String path = unified(object.path());
        return path.equals(object.path())
                ? object
                : new InputFile(path, object.bytes(), object.modified(), object.etag());
    }
}
