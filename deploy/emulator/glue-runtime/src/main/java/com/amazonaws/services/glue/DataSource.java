package com.amazonaws.services.glue;

/** A source of frames. */
public interface DataSource {
    DynamicFrame getDynamicFrame();
}
