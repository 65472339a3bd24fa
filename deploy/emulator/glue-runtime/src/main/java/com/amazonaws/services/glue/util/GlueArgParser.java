package com.amazonaws.services.glue.util;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;

/** Reads the command line of a job as AWS's documentation describes it. */
public final class GlueArgParser {
    private static final List<String> RESERVED = List.of(
            "job-bookmark-option",
            "job-bookmark-from",
            "job-bookmark-to",
            "JOB_ID",
            "JOB_RUN_ID",
            "SECURITY_CONFIGURATION",
            "encryption-type");

    private GlueArgParser() {}

    /**
     * Returns the options that are asked for, and those that are Glue's own.
     *
     * @throws IllegalArgumentException when one that is asked for is missing
     */
    public static Map<String, String> getResolvedOptions(String[] arguments, String[] options) {
        java.util.Map<String, String> given = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i++) {
            if (arguments[i].startsWith("--")) {
                given.put(arguments[i].substring(2), arguments[i + 1]);
            }
        }
        java.util.Map<String, String> resolved = new HashMap<>();
        resolved.put("job_bookmark_option", "job-bookmark-disable");
        for (String option : options) {
            if (!given.containsKey(option)) {
                throw new IllegalArgumentException("the following arguments are required: --" + option);
            }
            resolved.put(option, given.get(option));
        }
        for (String option : RESERVED) {
            if (given.containsKey(option)) {
                resolved.put(option.replace('-', '_'), given.get(option));
            }
        }
        return scalaMap(resolved);
    }

    /** Adds by name: the same class file runs with Scala 2.12 and 2.13, whose maps differ in what adding returns. */
    @SuppressWarnings("unchecked")
    private static Map<String, String> scalaMap(java.util.Map<String, String> entries) {
        try {
            Method updated = Arrays.stream(Map.class.getMethods())
                    .filter(method -> method.getName().equals("updated") && method.getParameterCount() == 2)
                    .findFirst()
                    .orElseThrow();
            Object map = Map$.MODULE$.empty();
            for (java.util.Map.Entry<String, String> entry : entries.entrySet()) {
                map = updated.invoke(map, entry.getKey(), entry.getValue());
            }
            return (Map<String, String>) map;
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
