package io.crossfoot.state;

/** What takes the place of what, when an object was rewritten. */
public enum Grain {
    /** All rows of the run that has read it go: nobody knows which of them are those of the object. */
    RUN,
    /** Its rows find their own place, by a key: the object is read alone. */
    OBJECT
}
