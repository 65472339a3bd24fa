package io.crossfoot.emulator.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.http.Operations;
import java.util.Optional;

/** Bookmarks of jobs: look, and go back. */
final class BookmarkOperations {
    private final Bookmarks bookmarks;

    BookmarkOperations(Bookmarks bookmarks) {
        this.bookmarks = bookmarks;
    }

    void addTo(Operations operations) {
        operations.real("AWSGlue.GetJobBookmark", this::find).real("AWSGlue.ResetJobBookmark", this::reset);
    }

    private JsonNode find(Call call) {
        String job = call.required("JobName");
        return entry(job, bookmarks.entry(call.region(), job, call.text("RunId")));
    }

    private JsonNode reset(Call call) {
        String job = call.required("JobName");
        return entry(job, bookmarks.reset(call.region(), job, call.text("RunId")));
    }

    private static ObjectNode entry(String job, Optional<ObjectNode> found) {
        return Json.object()
                .set(
                        "JobBookmarkEntry",
                        found.orElseThrow(
                                () -> AwsError.entityNotFound("Job bookmark for %s not found.".formatted(job))));
    }
}
