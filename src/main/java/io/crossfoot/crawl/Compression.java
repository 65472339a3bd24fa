package io.crossfoot.crawl;

import io.crossfoot.source.InputFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How files are packed, by their names. */
enum Compression {
    NONE("none"),
    GZIP("gzip"),
    BZIP2("bzip2"),
    ZSTD("zstd"),
    SNAPPY("snappy"),
    LZ4("lz4"),
    DEFLATE("deflate");

    private static final Map<String, Compression> BY_ENDING =
            Map.of("gz", GZIP, "bz2", BZIP2, "zst", ZSTD, "snappy", SNAPPY, "lz4", LZ4, "deflate", DEFLATE);

    private final String glue;

    Compression(String glue) {
        this.glue = glue;
    }

    /** Returns what Glue calls it. */
    String glue() {
        return glue;
    }

    boolean isPacked() {
        return this != NONE;
    }

    static Compression of(InputFile file) {
        String name = file.name().toLowerCase(Locale.ROOT);
        return name.endsWith(".parquet")
                ? NONE
                : BY_ENDING.getOrDefault(name.substring(name.lastIndexOf('.') + 1), NONE);
    }

    static Compression of(List<InputFile> files) {
        return files.stream()
                .map(Compression::of)
                .filter(Compression::isPacked)
                .findFirst()
                .orElse(NONE);
    }
}
