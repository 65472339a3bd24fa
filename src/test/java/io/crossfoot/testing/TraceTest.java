package io.crossfoot.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {
    @TempDir
    Path folder;

    @Test
    void knowsWhereTheDiskHasChanged() {
        Trace trace = Trace.of(folder, points -> {
            points.accept("open");
            points.accept("enrich");
            make("staged");
            points.accept("publish");
            points.accept("register");
        });

        assertThat(trace.changesFrom(0)).containsExactly(0, 2);
        assertThat(trace.source(3)).isEqualTo(2);
    }

    /** Both files are there when the first is told of; in another run the second comes after that. */
    @Test
    void takesNoPointForTheOneBeforeWhenFilesAreMovedSideBySide() {
        Trace trace = Trace.of(folder, points -> {
            points.accept("publish: move a");
            points.accept("publish: move b");
            make("a");
            make("b");
            points.accept("published: a");
            points.accept("published: b");
            points.accept("publish: mark");
            points.accept("marked");
        });

        assertThat(trace.changesFrom(0)).containsExactly(0, 2, 3, 4);
        assertThat(trace.source(5)).isEqualTo(4);
    }

    private void make(String file) {
        try {
            Files.createFile(folder.resolve(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
