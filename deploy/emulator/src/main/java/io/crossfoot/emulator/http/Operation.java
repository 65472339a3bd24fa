package io.crossfoot.emulator.http;

import com.fasterxml.jackson.databind.JsonNode;

/** One operation that the emulator performs itself. */
@FunctionalInterface
public interface Operation {
    /**
     * Performs it.
     *
     * @throws AwsError when AWS would refuse
     */
    JsonNode answer(Call call);
}
