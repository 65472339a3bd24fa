package io.crossfoot.source;

import java.util.List;

/** Chooses which of the files of a source are read. */
@FunctionalInterface
public interface FileSelection {
    /** Every file. */
    FileSelection ALL = found -> found;

    /** Returns some of the files that were found; both lists are sorted by path. */
    List<InputFile> of(List<InputFile> found);
}
