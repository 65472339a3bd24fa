package io.crossfoot.source;

import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** A table that lies in files, each of which can be read alone. */
public interface ListedSource extends Source {
    /**
     * Lists all its files by path, without Spark; none is opened.
     *
     * @throws io.crossfoot.error.StorageException when the table does not exist or cannot be listed
     */
    List<InputFile> list(Configuration hadoop);

    /** Returns a source of some of its files. */
    ListedSource selecting(FileSelection selection);
}
