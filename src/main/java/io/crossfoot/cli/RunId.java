package io.crossfoot.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** Names a run that nobody named: its start in UTC and a random part, such as {@code 20261122T093015Z-1a2b}. */
final class RunId {
    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private RunId() {}

    static String of(Instant start, RandomGenerator random) {
        return "%s-%04x".formatted(BASIC.format(start), random.nextInt(0x10000));
    }
}
