package io.crossfoot.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.emulator.glue.BookmarkStore;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.ReportJson;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.whole.LocalGlue;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Quarantined sales that the job reads again, as it is deployed: with its bookmark. */
@ExtendWith(LocalSpark.class)
class ReplayedRunTest {
    @TempDir
    Path scratch;

    private LocalGlue glue;
    private BookmarkStore bookmarks;

    @BeforeEach
    void quarantineOne() {
        glue = new LocalGlue(scratch).crawled();
        bookmarks = new BookmarkStore(scratch.resolve("bookmarks"));
        glue.sales("a.csv", "1,C1,Pen,2,1.50,2024-01-15", "2,C2,Ink,12,1.00,2024-01-15");
        InProcess.bookmarked(glue, "jr_1", "--RULES", "ColumnValues \"quantity\" < 10", "--MAX_QUARANTINE", "50%");
    }

    @Test
    void isPublishedOnceWhenTheRuleWasMendedAndLeavesTheBookmarkAsItIs() {
        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00");

        InProcess.bookmarked(glue, "jr_2", "--REPLAY_RUN", "jr_1", "--MAX_QUARANTINE", "0");

        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00", "2|Bob|South|12.00");
        assertThat(report("jr_1").replayedBy()).isEqualTo(new RunReport.ReplayedBy("jr_2", 1, 1, 0));
        assertThat(bookmarks.read("nightly").runs())
                .extracting(BookmarkStore.RunState::runId)
                .containsExactly("jr_1");
        InProcess.bookmarked(glue, "jr_3", "--REPLAY_RUN", "jr_1");
        glue.sales("b.csv", "3,C1,Cap,1,7.00,2024-01-16");
        InProcess.bookmarked(glue, "jr_4");
        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00", "2|Bob|South|12.00", "3|Ann|North|7.00");
    }

    @Test
    void failsWhereNothingWasMendedAndWhereNobodyKnowsTheRun() {
        assertThatThrownBy(() -> InProcess.bookmarked(
                        glue, "jr_2", "--REPLAY_RUN", "jr_1", "--RULES", "ColumnValues \"quantity\" < 11"))
                .isInstanceOf(RefusedRun.class)
                .hasMessageStartingWith(
                        "Cannot publish: all 1 sales that run jr_1 has quarantined still break the contract");
        assertThatThrownBy(() -> InProcess.bookmarked(glue, "jr_3", "--REPLAY_RUN", "jr_11"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("did you mean 'jr_1'?");
        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00");
    }

    private RunReport report(String run) {
        return ReportJson.read(Folders.read(glue.control().resolve("runs/%s/run-report.json".formatted(run))));
    }
}
