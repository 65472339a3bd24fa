package com.amazonaws.services.glue.util;

/** Options as JSON; they are taken and not looked at. */
public class JsonOptions {
    private final String json;

    public JsonOptions(String json) {
        this.json = json;
    }

    @Override
    public String toString() {
        return json;
    }
}
