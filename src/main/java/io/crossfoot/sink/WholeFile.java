package io.crossfoot.sink;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** A text file on any Hadoop file system, which readers see whole or not at all. */
public record WholeFile(Path path, Configuration hadoop) {
    /** Writes a text as it comes, for texts that are too long to be held. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * A file as it was when its folder was listed.
     *
     * @param modified when it was last written, in milliseconds since 1970
     */
    public record Listed(WholeFile file, long bytes, long modified) {}

    /** Lists the files directly in a folder, by name; none when there is no such folder. */
    public static List<Listed> in(Path folder, Configuration hadoop) throws IOException {
        return Store.of(folder, hadoop).children(folder).stream()
                .filter(FileStatus::isFile)
                .map(file ->
                        new Listed(new WholeFile(file.getPath(), hadoop), file.getLen(), file.getModificationTime()))
                .toList();
    }

    /** Writes it in place of the one that may be there. */
    public void write(String text) throws IOException {
        store().writeAtomically(path, text);
    }

    /** Writes it in place of the one that may be there. */
    public void write(Content content) throws IOException {
        store().writeAtomically(path, content);
    }

    /** Returns what a process may have left that died in {@link #write} with the old text gone and the new one whole. */
    public WholeFile unfinished() {
        return new WholeFile(Store.part(path), hadoop);
    }

    /** Returns its text; empty when there is no such file. */
    public Optional<String> read() throws IOException {
        try {
            return Optional.of(store().read(path));
        } catch (FileNotFoundException absent) {
            return Optional.empty();
        }
    }

    /** Opens it to be read as it comes; the caller closes it. */
    public InputStream open() throws IOException {
        return store().open(path);
    }

    /** Returns its length. */
    public long bytes() throws IOException {
        return store().status(path).getLen();
    }

    /** Deletes it; none there is fine. */
    public void delete() throws IOException {
        store().delete(path);
    }

    private Store store() {
        return Store.of(path, hadoop);
    }
}
