package io.crossfoot.config;

import io.crossfoot.error.UsageException;
import io.crossfoot.sink.Compression;
import io.crossfoot.sink.IcebergName;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code compact} needs to know.
 *
 * @param output the folder whose files are too small
 * @param control its control folder; empty for {@code _crossfoot/<name of the output>} beside it
 * @param table the Iceberg table that lies there; empty for an output of files
 * @param targetFileBytes about how large a file becomes, in bytes
 * @param compression of the files that are written; a table has its own
 * @param runId names them
 */
public record CompactConfig(
        String output,
        Optional<String> control,
        Optional<IcebergName> table,
        long targetFileBytes,
        Compression compression,
        String runId) {
    /**
     * Reads it from the settings of {@code enrich} of the same names.
     *
     * @throws UsageException listing everything that is wrong
     */
    public static CompactConfig from(Settings settings) {
        SettingReader read = new SettingReader(settings, "compact");
        String output = read.required(Setting.OUTPUT, Function.identity());
        Optional<String> control = read.optional(Setting.CONTROL, Function.identity());
        Optional<IcebergName> table = TableFormat.iceberg(read);
        Long targetFileBytes = read.required(Setting.TARGET_FILE_SIZE, Parse::bytes);
        Compression compression = read.required(Setting.COMPRESSION, text -> Parse.choice(text, Compression.values()));
        String runId = read.required(Setting.RUN_ID, Parse::runId);
        read.refuseProblems();
        return new CompactConfig(output, control, table, targetFileBytes, compression, runId);
    }
}
