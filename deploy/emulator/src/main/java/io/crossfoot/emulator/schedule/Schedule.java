package io.crossfoot.emulator.schedule;

import com.cronutils.model.definition.CronConstraintsFactory;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.crossfoot.emulator.http.AwsError;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a crawler or a trigger starts: AWS's {@code cron(minutes hours day-of-month month day-of-week year)}, in UTC. */
public final class Schedule {
    private static final Pattern FORM = Pattern.compile("cron\\((.*)\\)");
    private static final CronParser PARSER = new CronParser(awsCron());

    private final ExecutionTime times;

    private Schedule(ExecutionTime times) {
        this.times = times;
    }

    /**
     * Reads a schedule.
     *
     * @throws AwsError when it is none
     */
    public static Schedule parse(String text) {
        Matcher form = FORM.matcher(text.trim());
        if (!form.matches()) {
            throw AwsError.invalidInput("Schedule '%s' is not of the form cron(…)".formatted(text));
        }
        try {
            return new Schedule(ExecutionTime.forCron(PARSER.parse(form.group(1))));
        } catch (IllegalArgumentException wrong) {
            throw AwsError.invalidInput("Schedule '%s' is not valid: %s".formatted(text, wrong.getMessage()));
        }
    }

    /** Returns the first moment after one; nothing when there is none. */
    public Optional<Instant> after(Instant moment) {
        return times.nextExecution(moment.atZone(ZoneOffset.UTC)).map(next -> next.toInstant());
    }

    /** Whether it starts something after one moment and not after another. */
    public boolean dueBetween(Instant from, Instant to) {
        return after(from).filter(next -> !next.isAfter(to)).isPresent();
    }

    private static CronDefinition awsCron() {
        return CronDefinitionBuilder.defineCron()
                .withMinutes()
                .withValidRange(0, 59)
                .and()
                .withHours()
                .withValidRange(0, 23)
                .and()
                .withDayOfMonth()
                .withValidRange(1, 31)
                .supportsL()
                .supportsW()
                .supportsLW()
                .supportsQuestionMark()
                .and()
                .withMonth()
                .withValidRange(1, 12)
                .and()
                .withDayOfWeek()
                .withValidRange(1, 7)
                .withMondayDoWValue(2)
                .supportsHash()
                .supportsL()
                .supportsQuestionMark()
                .and()
                .withYear()
                .withValidRange(1970, 2199)
                .and()
                .withCronValidation(CronConstraintsFactory.ensureEitherDayOfWeekOrDayOfMonth())
                .instance();
    }
}
