package com.amazonaws.services.glue.util;

import com.amazonaws.services.glue.GlueContext;
import io.crossfoot.emulator.glue.Emulated;
import io.crossfoot.emulator.glue.JobBookmark;
import java.util.Map;

/** The job of this process: its bookmark moves when it commits. */
public final class Job {
    private static JobBookmark bookmark = JobBookmark.disabled();

    private Job() {}

    public static void init(String jobName, GlueContext glueContext, Map<String, String> arguments) {
        bookmark = JobBookmark.of(Emulated.bookmarks(), jobName, arguments);
    }

    public static void commit() {
        Emulated.dieAt("commit");
        bookmark.commit();
        Emulated.dieAt("committed");
    }

    /** Returns what the job has read and reads. */
    public static JobBookmark bookmarks() {
        return bookmark;
    }
}
