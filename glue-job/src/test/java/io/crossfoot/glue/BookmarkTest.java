package io.crossfoot.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.emulator.glue.BookmarkStore;
import io.crossfoot.error.StorageException;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.whole.LocalGlue;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The job and its bookmark, as the local runtime keeps it. */
@ExtendWith(LocalSpark.class)
class BookmarkTest {
    @TempDir
    Path scratch;

    private LocalGlue glue;
    private BookmarkStore bookmarks;

    @BeforeEach
    void firstRun() {
        glue = new LocalGlue(scratch).crawled();
        bookmarks = new BookmarkStore(scratch.resolve("bookmarks"));
        glue.sales("a.csv", "1,C1,Pen,2,1.50,2024-01-15");
        InProcess.bookmarked(glue, "jr_1");
    }

    @Test
    void aRunWithNothingNewChangesNothingAndCommits() {
        List<String> output = Folders.tree(glue.output());

        InProcess.bookmarked(glue, "jr_2");

        assertThat(Folders.tree(glue.output())).isEqualTo(output);
        assertThat(bookmarks.read("nightly").runs())
                .extracting(BookmarkStore.RunState::runId)
                .containsExactly("jr_1", "jr_2");
    }

    @Test
    void aPausedBookmarkPublishesTheSameRowsOnceHoweverOftenItRuns() {
        glue.sales("b.csv", "2,C2,Ink,1,9.99,2024-01-15");

        InProcess.run(glue, "jr_2", "--job-bookmark-option", "job-bookmark-pause");
        InProcess.run(glue, "jr_3", "--job-bookmark-option", "job-bookmark-pause");
        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00", "2|Bob|South|9.99");
        assertThat(bookmarks.read("nightly").runs()).hasSize(1);

        InProcess.bookmarked(glue, "jr_4");
        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00", "2|Bob|South|9.99");
        assertThat(bookmarks.read("nightly").runs()).hasSize(2);
    }

    @Test
    void whatRowsAreKnownByOnTheWayIsNotPublished(SparkSession spark) {
        assertThat(spark.read().parquet(glue.output().toString()).columns())
                .contains("order_id")
                .noneMatch(column -> column.startsWith("_"));
    }

    @Test
    void aRewrittenFileIsNew() {
        glue.sales("a.csv", "1,C1,Pen,4,1.50,2024-01-15");
        assertThat(glue.folder("sales").resolve("a.csv").toFile().setLastModified(System.currentTimeMillis() + 5000))
                .isTrue();

        InProcess.bookmarked(glue, "jr_2");

        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00", "1|Ann|North|6.00");
    }

    @Test
    void aBookmarkThatWasWoundBackReadsAgain() {
        glue.sales("b.csv", "2,C2,Ink,1,9.99,2024-01-15");
        InProcess.bookmarked(glue, "jr_2");
        bookmarks.rewind("nightly", "jr_1");

        InProcess.bookmarked(
                glue, "jr_3", "--OUTPUT", scratch.resolve("elsewhere/out").toString(), "--OUTPUT_TABLE", "elsewhere");

        assertThat(LocalGlue.rows(scratch.resolve("elsewhere/out"))).containsExactly("2|Bob|South|9.99");
        bookmarks.reset("nightly");
        InProcess.bookmarked(
                glue, "jr_4", "--OUTPUT", scratch.resolve("again/out").toString(), "--OUTPUT_TABLE", "again");
        assertThat(LocalGlue.rows(scratch.resolve("again/out"))).hasSize(2);
    }

    @Test
    void aRangeOfTheBookmarkIsReadWhenItIsMeant() {
        glue.sales("b.csv", "2,C2,Ink,1,9.99,2024-01-15");
        InProcess.bookmarked(glue, "jr_2");
        String elsewhere = scratch.resolve("range/out").toString();

        InProcess.run(
                glue,
                "jr_3",
                "--job-bookmark-option",
                "job-bookmark-pause",
                "--job-bookmark-from",
                "jr_1",
                "--job-bookmark-to",
                "jr_2",
                "--MODE",
                "append",
                "--OUTPUT",
                elsewhere,
                "--OUTPUT_TABLE",
                "range");

        assertThat(LocalGlue.rows(Path.of(elsewhere))).containsExactly("2|Bob|South|9.99");
    }

    @Test
    void aBookmarkThatCannotBeSavedFailsTheRunAndTheNextOneRepeatsIt() {
        glue.sales("b.csv", "2,C2,Ink,1,9.99,2024-01-15");
        Path obstacle = Folders.write(scratch.resolve("bookmarks/nightly.json.new/in-the-way"), "");
        assertThatThrownBy(() -> InProcess.bookmarked(glue, "jr_2"))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("Cannot save the bookmark: ")
                .hasMessageContaining("the output is published");
        assertThat(glue.rows()).hasSize(2);
        assertThat(obstacle.toFile().delete() && obstacle.getParent().toFile().delete())
                .isTrue();

        InProcess.bookmarked(glue, "jr_3");
        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00", "2|Bob|South|9.99");
    }
}
