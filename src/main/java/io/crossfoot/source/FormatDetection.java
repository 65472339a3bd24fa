package io.crossfoot.source;

import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Tells the format of a file from its name, else from its first byte. */
final class FormatDetection {
    private FormatDetection() {}

    static FileFormat of(String table, InputFile file, Configuration hadoop) {
        return byName(file).orElseGet(() -> byContent(table, file, hadoop));
    }

    private static Optional<FileFormat> byName(InputFile file) {
        String name = file.name().toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bz2|zst|deflate|snappy|lz4)$", "");
        if (name.endsWith(".csv") || name.endsWith(".tsv") || name.endsWith(".txt")) {
            return Optional.of(FileFormat.CSV);
        }
        if (name.endsWith(".json") || name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return Optional.of(FileFormat.JSON);
        }
        return name.endsWith(".parquet") ? Optional.of(FileFormat.PARQUET) : Optional.empty();
    }

    private static FileFormat byContent(String table, InputFile file, Configuration hadoop) {
        if (ParquetReader.hasMagic(file, hadoop)) {
            return FileFormat.PARQUET;
        }
        return TextHead.of(table, file, hadoop).text().stripLeading().startsWith("{")
                ? FileFormat.JSON
                : FileFormat.CSV;
    }
}
