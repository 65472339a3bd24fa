package io.crossfoot.testing;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The local disk, with a look at the moment in which a table of Iceberg becomes another: its catalog of folders renames what it
 * has written to the next state of the table.
 */
public final class SwapFileSystem extends LocalFileSystem {
    private static volatile Runnable before = () -> {};
    private static volatile Runnable after = () -> {};

    /** Takes the place of the local disk, and does something before each such moment, and after it. */
    static void register(Configuration configuration, Runnable beforeSwap, Runnable afterSwap) {
        before = beforeSwap;
        after = afterSwap;
        configuration.setClass("fs.file.impl", SwapFileSystem.class, FileSystem.class);
        configuration.setBoolean("fs.file.impl.disable.cache", true);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        if (!to.getName().endsWith(".metadata.json")) {
            return super.rename(from, to);
        }
        before.run();
        boolean isDone = super.rename(from, to);
        after.run();
        return isDone;
    }
}
