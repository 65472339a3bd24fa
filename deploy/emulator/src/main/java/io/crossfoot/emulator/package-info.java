/**
 * A local AWS for tests and try-outs: moto_server, and an endpoint in front of it that does the work which moto only
 * claims to do. Never shipped, never deployed.
 *
 * <p>Start with {@link io.crossfoot.emulator.Emulator}, which puts it together. Each service has a package; {@code http}
 * knows none of them.
 */
package io.crossfoot.emulator;
