package io.crossfoot.glue;

import io.crossfoot.testing.LocalSpark;
import io.crossfoot.whole.LocalGlue;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs the job in the process of the tests, on their session. */
final class InProcess {
    private InProcess() {}

    static void run(LocalGlue glue, String runId, String... more) {
        launch(glue, glue.arguments(runId, more));
    }

    static void bookmarked(LocalGlue glue, String runId, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--job-bookmark-option", "job-bookmark-enable"));
        arguments.addAll(List.of(more));
        run(glue, runId, arguments.toArray(String[]::new));
    }

    static void launch(LocalGlue glue, List<String> arguments) {
        LocalSpark.session();
        System.setProperty(
                "crossfoot.glue.catalog", glue.root().resolve("catalog").toString());
        System.setProperty(
                "crossfoot.glue.bookmarks", glue.root().resolve("bookmarks").toString());
        PrintStream silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        new GlueJob(silence).run(arguments.toArray(String[]::new));
    }
}
