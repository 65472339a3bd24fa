package io.crossfoot;

/**
 * Tells a source that its rows were used, where the source hands them out again until it knows: the bookmark of an AWS
 * Glue job, the offsets of a queue. It is given when the output is published, and never for a run that published
 * nothing it had read.
 */
@FunctionalInterface
public interface Acknowledgement {
    /**
     * Tells the source.
     *
     * @return whether it has taken note; if not, a later run may read the same rows again, and then replaces what this
     *     one has published
     * @throws io.crossfoot.error.StorageException when the source cannot be told
     */
    boolean give();
}
