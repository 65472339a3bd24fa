package io.crossfoot.sink;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A small text file on any Hadoop file system, which readers see whole or not at all. */
public record WholeFile(Path path, Configuration hadoop) {
    /** Writes it in place of the one that may be there. */
    public void write(String text) throws IOException {
        Store.of(path, hadoop).writeAtomically(path, text);
    }

    /** Returns what a process may have left that died in {@link #write} with the old text gone and the new one whole. */
    public WholeFile unfinished() {
        return new WholeFile(Store.part(path), hadoop);
    }

    /** Returns its text; empty when there is no such file. */
    public Optional<String> read() throws IOException {
        try {
            return Optional.of(Store.of(path, hadoop).read(path));
        } catch (FileNotFoundException absent) {
            return Optional.empty();
        }
    }
}
