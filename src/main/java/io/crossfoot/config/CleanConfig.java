package io.crossfoot.config;

import io.crossfoot.error.UsageException;
import io.crossfoot.sink.IcebergName;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code clean} needs to know.
 *
 * @param output the output whose runs have left something
 * @param control its control folder; empty for {@code _crossfoot/<name of the output>} beside it
 * @param table the Iceberg table that lies there; empty for an output of files
 */
public record CleanConfig(String output, Optional<String> control, Optional<IcebergName> table) {
    /**
     * Reads it from the settings of {@code enrich} of the same names.
     *
     * @throws UsageException listing everything that is wrong
     */
    public static CleanConfig from(Settings settings) {
        SettingReader read = new SettingReader(settings, "clean");
        String output = read.required(Setting.OUTPUT, Function.identity());
        Optional<String> control = read.optional(Setting.CONTROL, Function.identity());
        Optional<IcebergName> table = TableFormat.iceberg(read);
        read.refuseProblems();
        return new CleanConfig(output, control, table);
    }
}
