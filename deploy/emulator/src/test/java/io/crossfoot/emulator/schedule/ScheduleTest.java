package io.crossfoot.emulator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.emulator.http.AwsError;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cron(15 12 * * ? *)        | 2026-01-01T12:15:00Z",
                "cron(0/15 * * * ? *)       | 2026-01-01T00:15:00Z",
                "cron(0 8 1 * ? *)          | 2026-01-01T08:00:00Z",
                "cron(0 18 ? * MON-FRI *)   | 2026-01-01T18:00:00Z",
                "cron(0 10 ? * 6L *)        | 2026-01-30T10:00:00Z",
                "cron(0 10 L * ? *)         | 2026-01-31T10:00:00Z",
                "cron(0 10 ? * 2#1 2027)    | 2027-01-04T10:00:00Z",
            })
    void tellsTheNextMoment(String text, Instant expected) {
        assertThat(Schedule.parse(text).after(Instant.parse("2026-01-01T00:00:00Z")))
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"every day", "rate(5 minutes)", "cron(* *)", "cron(60 * * * ? *)", "cron(0 0 1 * 1 *)", "cron()"
            })
    void refusesWhatIsNoSchedule(String text) {
        assertThatThrownBy(() -> Schedule.parse(text))
                .isInstanceOf(AwsError.class)
                .hasMessageContaining("Schedule '%s' is not".formatted(text));
    }

    @Test
    void isDueOnceForEachMoment() {
        Schedule noon = Schedule.parse("cron(0 12 * * ? *)");

        assertThat(noon.dueBetween(Instant.parse("2026-01-01T11:59:59Z"), Instant.parse("2026-01-01T12:00:00Z")))
                .isTrue();
        assertThat(noon.dueBetween(Instant.parse("2026-01-01T12:00:00Z"), Instant.parse("2026-01-01T12:01:00Z")))
                .isFalse();
    }
}
