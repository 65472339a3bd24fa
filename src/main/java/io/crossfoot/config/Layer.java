package io.crossfoot.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.crossfoot.error.NearMiss;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The settings that come from one place. A name that nothing knows is a problem, found when layers are resolved. */
public final class Layer {
    /** What the launcher reads: no settings, so no mistakes either. */
    private static final Set<String> LAUNCHER_VARIABLES =
            Set.of("CROSSFOOT_HOME", "CROSSFOOT_JAVA_HOME", "CROSSFOOT_MEMORY", "CROSSFOOT_TERMINAL");

    private final Map<Setting, Settings.Value> values = new EnumMap<>(Setting.class);
    private final List<String> problems = new ArrayList<>();

    private Layer() {}

    /** Returns settings that all come from {@code origin}, such as {@code flag} or {@code Glue argument}. */
    public static Layer of(String origin, Map<Setting, String> texts) {
        Layer layer = new Layer();
        texts.forEach((setting, text) -> layer.values.put(setting, new Settings.Value(text, origin)));
        return layer;
    }

    /** Returns settings named by their {@linkplain Setting#key() keys}, which all come from {@code origin}. */
    public static Layer keyed(String origin, Map<String, String> texts) {
        Layer layer = new Layer();
        new TreeMap<>(texts).forEach((key, text) -> layer.put(key, text, origin));
        return layer;
    }

    /**
     * Returns the settings among environment variables. A variable set to nothing is not set; one that starts with
     * {@code CROSSFOOT_} and is neither a setting nor one of the launcher's is a problem.
     */
    public static Layer environment(Map<String, String> variables) {
        Layer layer = new Layer();
        new TreeMap<>(variables).forEach((name, text) -> {
            if (name.startsWith("CROSSFOOT_") && !LAUNCHER_VARIABLES.contains(name) && !text.isEmpty()) {
                layer.putVariable(name, text);
            }
        });
        return layer;
    }

    /**
     * Returns the settings of a HOCON (or JSON) file, which may refer to environment variables as <code>${NAME}</code>.
     * Lists are {@code [a, b]} or {@code "a,b"}; renames are <code>{A = b}</code> or {@code "A=b"}.
     */
    public static Layer file(Path file) {
        Layer layer = new Layer();
        try {
            // a file without a known extension would otherwise be no configuration at all
            ConfigParseOptions strict =
                    ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false);
            ConfigObject root =
                    ConfigFactory.parseFile(file.toFile(), strict).resolve().root();
            new TreeMap<>(root).forEach((key, value) -> layer.putFileValue(file, key, value));
        } catch (ConfigException.IO unreadable) {
            layer.problems.add("Cannot read the settings file %s: there is no such readable file".formatted(file));
        } catch (ConfigException malformed) {
            layer.problems.add("Cannot read the settings file %s".formatted(malformed.getMessage()));
        }
        return layer;
    }

    Optional<Settings.Value> value(Setting setting) {
        return Optional.ofNullable(values.get(setting));
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    private void putVariable(String name, String text) {
        Setting.ofEnvironmentName(name)
                .ifPresentOrElse(
                        setting -> values.put(setting, new Settings.Value(text, "environment " + name)),
                        () -> problems.add("Cannot use the environment variable %s: there is no such setting%s"
                                .formatted(name, NearMiss.hint(name, environmentNames()))));
    }

    private void putFileValue(Path file, String key, ConfigValue value) {
        String origin = "file %s: %d".formatted(file, value.origin().lineNumber());
        boolean renames = Setting.ofKey(key).stream().anyMatch(setting -> setting.kind() == Setting.Kind.RENAMES);
        boolean known = Setting.ofKey(key).isPresent();
        if (known && (value.valueType() == ConfigValueType.NULL || value instanceof ConfigObject && !renames)) {
            problems.add(
                    "Cannot use %s (%s): its value is of the wrong kind; write %s = \"…\"".formatted(key, origin, key));
        } else {
            put(key, text(value), origin);
        }
    }

    private void put(String key, String text, String origin) {
        Setting.ofKey(key)
                .ifPresentOrElse(
                        setting -> values.put(setting, new Settings.Value(text, origin)),
                        () -> problems.add("Cannot use '%s' (%s): there is no such setting%s"
                                .formatted(key, origin, NearMiss.hint(key, Setting.keys()))));
    }

    private static String text(ConfigValue value) {
        if (value instanceof ConfigList list) {
            return list.stream().map(Layer::text).collect(Collectors.joining(","));
        }
        if (value instanceof ConfigObject object) {
            return new TreeMap<>(object)
                    .entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                            .collect(Collectors.joining(","));
        }
        return String.valueOf(value.unwrapped());
    }

    private static List<String> environmentNames() {
        return Arrays.stream(Setting.values()).map(Setting::environmentName).toList();
    }
}
