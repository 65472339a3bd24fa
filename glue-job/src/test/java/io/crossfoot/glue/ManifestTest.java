package io.crossfoot.glue;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.whole.LocalGlue;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The job over catalog tables, with Crossfoot's own state in the place of a bookmark. */
@ExtendWith(LocalSpark.class)
class ManifestTest {
    @TempDir
    Path scratch;

    private static void run(LocalGlue glue, String runId) {
        InProcess.run(glue, runId, "--STATE", "manifest");
    }

    @Test
    void readsWhatIsNewAndLetsWhatWasRewrittenTakeItsPlace() {
        LocalGlue glue = new LocalGlue(scratch).crawled();
        glue.sales("a.csv", "1,C1,Pen,2,1.50,2024-01-15");
        run(glue, "jr_1");
        Map<String, String> first = Folders.contents(glue.output());
        run(glue, "jr_2");
        assertThat(Folders.contents(glue.output())).isEqualTo(first);

        glue.sales("b.csv", "2,C2,Ink,1,9.99,2024-01-15");
        run(glue, "jr_3");
        assertThat(glue.rows()).containsExactly("1|Ann|North|3.00", "2|Bob|South|9.99");
        assertThat(Folders.contents(glue.output())).containsAllEntriesOf(first);

        glue.sales("a.csv", "1,C1,Pen,40,1.50,2024-01-15");
        run(glue, "jr_4");
        assertThat(glue.rows()).containsExactly("1|Ann|North|60.00", "2|Bob|South|9.99");
    }
}
