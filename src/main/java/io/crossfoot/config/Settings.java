package io.crossfoot.config;

import io.crossfoot.error.UsageException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The text of every setting, and where it came from. */
public final class Settings {
    /** What every replay is told, whatever else it is told. */
    public static final Map<Setting, String> OF_REPLAYS = Map.of(
            Setting.MODE, "append",
            Setting.INCREMENTAL, "false",
            Setting.COMPLETE_UNMATCHED, "false",
            Setting.CUSTOMER_CHANGES, "ignore",
            Setting.MAX_QUARANTINE, "100%",
            Setting.QUALITY, "none",
            Setting.SALES_QUALITY, "none",
            Setting.CUSTOMERS_QUALITY, "none",
            Setting.ANOMALIES, "none");

    private final Map<Setting, Value> values;

    private Settings(Map<Setting, Value> values) {
        this.values = values;
    }

    /**
     * Resolves each setting to its value in the first layer that has one, else to its default.
     *
     * @throws UsageException when a layer has names that are no settings; lists them all
     */
    public static Settings resolve(Layer... firstWins) {
        List<Layer> layers = List.of(firstWins);
        List<String> problems =
                layers.stream().flatMap(layer -> layer.problems().stream()).toList();
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        Arrays.stream(Setting.values())
                .forEach(setting -> layers.stream()
                        .flatMap(layer -> layer.value(setting).stream())
                        .findFirst()
                        .or(() -> setting.defaultText().map(text -> new Value(text, "default")))
                        .ifPresent(value -> values.put(setting, value)));
        return new Settings(values);
    }

    /**
     * Returns these settings as a replay of quarantined rows has them: a few rows are added, and what was asked of a whole
     * delivery is not asked of them.
     */
    public Settings replaying() {
        Settings changed = this;
        for (Map.Entry<Setting, String> fixed : OF_REPLAYS.entrySet()) {
            changed = changed.with(fixed.getKey(), fixed.getValue());
        }
        return changed;
    }

    /** Returns these settings, one of them with another value. */
    public Settings with(Setting setting, String text) {
        Map<Setting, Value> changed = new EnumMap<>(values);
        changed.put(setting, new Value(text, "command"));
        return new Settings(changed);
    }

    /** Returns the value; empty when nobody set one and the default is computed or nothing. */
    public Optional<Value> value(Setting setting) {
        return Optional.ofNullable(values.get(setting));
    }

    /**
     * Returns the text of a setting that somebody must have set.
     *
     * @param deed what cannot be done without it, as in {@code clean}
     * @throws UsageException when nobody has
     */
    public String required(Setting setting, String deed) {
        return value(setting)
                .orElseThrow(() -> new UsageException(missing(setting, deed)))
                .text();
    }

    static String missing(Setting setting, String deed) {
        return "Cannot %s: %s is not set; give %s %s or %s"
                .formatted(deed, setting.key(), setting.flag(), setting.label(), setting.environmentName());
    }

    /**
     * A value and its origin.
     *
     * @param origin {@code flag}, {@code environment CROSSFOOT_X}, {@code file x.conf: 12}, {@code default}, or what the
     *     maker of its layer said
     */
    public record Value(String text, String origin) {}
}
