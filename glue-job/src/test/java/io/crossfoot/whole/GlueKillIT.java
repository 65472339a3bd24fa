package io.crossfoot.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.testing.Child;
import io.crossfoot.testing.Folders;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job that is killed and tried again, as Glue does it, publishes each sale once. */
class GlueKillIT {
    @TempDir
    Path scratch;

    /** Killed for real, before it reads, between publishing and saving the bookmark, and right after it was saved. */
    @ParameterizedTest
    @ValueSource(strings = {"read sales", "commit", "committed"})
    void aRetryDuplicatesNoOrders(String point) {
        LocalGlue glue = new LocalGlue(scratch).crawled();
        glue.sales("a.csv", "1,C1,Pen,2,1.50,2024-01-15");
        glue.sales("b.csv", "2,C1,Ink,1,9.99,2024-01-15");

        Child.Ending killed = glue.with("-Dcrossfoot.glue.dying=" + point).bookmarked("jr_1");
        assertThat(killed.exitCode()).as(killed.err()).isEqualTo(137);
        assertThat(glue.rows()).hasSize(point.startsWith("commit") ? 2 : 0);
        glue.sales("c.csv", "3,C2,Cap,1,0.10,2024-01-16");
        Child.Ending retry = glue.bookmarked("jr_1_attempt_1");

        assertThat(retry.exitCode()).as(retry.err()).isZero();
        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00", "2|Ann|North|9.99", "3|Bob|South|0.10");
        assertThat(Folders.tree(glue.control()))
                .doesNotContain("unacknowledged.json", "journal.json")
                .noneMatch(file -> file.startsWith("staging/"));
    }
}
