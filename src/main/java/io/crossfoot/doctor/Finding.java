package io.crossfoot.doctor;

/**
 * One thing that was looked at.
 *
 * @param subject what it is: {@code Spark}, {@code time zone}
 * @param value what it was found to be
 * @param advice what that means, or what to do; empty where there is nothing to say
 */
public record Finding(String subject, String value, String advice) {
    public Finding(String subject, String value) {
        this(subject, value, "");
    }
}
