package io.crossfoot.emulator.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What the stand-in Glue runtime keeps of each job between its runs. */
interface Bookmarks {
    /** Returns the entry of a job, as it was after a run when one is given, else the last. */
    Optional<ObjectNode> entry(String region, String job, Optional<String> run);

    /**
     * Forgets what was read, or what was read after a run when one is given; returns what then holds.
     *
     * @throws io.crossfoot.emulator.http.AwsError when that run has left no bookmark
     */
    ObjectNode reset(String region, String job, Optional<String> run);

    /** Forgets the job. */
    void delete(String region, String job);
}
