package io.crossfoot.emulator.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.http.Operations;

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
        return entry(bookmarks
                .entry(call.region(), job, call.text("RunId"))
                .orElseThrow(() -> AwsError.entityNotFound("Continuation for job %s not found".formatted(job))));
    }

    private JsonNode reset(Call call) {
        String job = call.required("JobName");
        return entry(bookmarks.reset(call.region(), job, call.text("RunId")));
    }

    private static ObjectNode entry(ObjectNode entry) {
        return Json.object().set("JobBookmarkEntry", entry);
    }
}
