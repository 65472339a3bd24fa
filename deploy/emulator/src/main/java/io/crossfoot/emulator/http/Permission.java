package io.crossfoot.emulator.http;

import java.util.function.UnaryOperator;

/** Whether who calls may do what he asks for. */
@FunctionalInterface
public interface Permission {
    /**
     * Lets a request pass.
     *
     * @param headers the value of each of its headers by the name; null for one that it has not
     * @throws AwsError when a policy does not allow it
     */
    void require(UnaryOperator<String> headers, byte[] body);
}
