package io.crossfoot.emulator.moto;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in S3: {@code s3://bucket/key}. */
public record S3Path(String bucket, String key) {
    private static final Pattern FORM =
            Pattern.compile("s3[an]?://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?", Pattern.DOTALL);

    /** Returns the place that a text names; nothing when it names none. */
    public static Optional<S3Path> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new S3Path(
                        form.group(1), Optional.ofNullable(form.group(2)).orElse("")))
                : Optional.empty();
    }

    /** Returns the place below this one, which is taken for a folder. */
    public S3Path child(String name) {
        return new S3Path(bucket, key.isEmpty() || key.endsWith("/") ? key + name : key + "/" + name);
    }

    /** Returns the last part of the key. */
    public String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
