package io.crossfoot.source;

import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * Looks into files without reading them whole, for whoever wants to know what they hold. Needs no session.
 *
 * @param table what messages call the files
 */
public record Sampler(String table, Configuration hadoop) {
    /**
     * Returns the files below a location, sorted by path; as many list calls as the store needs, and no read.
     *
     * @throws io.crossfoot.error.StorageException when there is no such location, or it cannot be listed
     */
    public List<InputFile> list(String location) {
        return FileListing.of(table, location, hadoop).files();
    }

    /** Returns the format of a file by its name; reads its first bytes only when the name does not say. */
    public FileFormat format(InputFile file) {
        return FormatDetection.of(table, file, hadoop);
    }

    /**
     * Returns the first 256 KiB of a text file, unpacked.
     *
     * @throws io.crossfoot.error.ShapeException when it is no text in UTF-8
     */
    public TextHead head(InputFile file) {
        return TextHead.of(table, file, hadoop);
    }

    /**
     * Returns the footer of a Parquet file: its schema, and how many rows it has.
     *
     * @throws io.crossfoot.error.ShapeException when it is no whole Parquet file
     */
    public ParquetMetadata footer(InputFile file) {
        return ParquetReader.metadata(table, file, hadoop);
    }

    /** Does the same for many files at once; returns the results in the order of the files. */
    public <R> List<R> each(List<InputFile> files, Function<InputFile, R> look) {
        return Parallel.map(files, look);
    }
}
