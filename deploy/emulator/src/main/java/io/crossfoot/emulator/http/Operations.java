package io.crossfoot.emulator.http;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The operations of the services that the emulator speaks for: performed here, or passed on to moto. All others of Glue
 * and Athena are refused.
 */
public final class Operations {
    private final Map<String, Operation> real = new TreeMap<>();
    private final Set<String> passedOn = new TreeSet<>();

    /** Adds an operation that is performed here; the target is as in {@link Call}. */
    public Operations real(String target, Operation operation) {
        requireNew(target);
        real.put(target, operation);
        return this;
    }

    /** Adds operations that moto performs. */
    public Operations passedOn(String service, String... names) {
        for (String name : names) {
            String target = service + "." + name;
            requireNew(target);
            passedOn.add(target);
        }
        return this;
    }

    Optional<Operation> find(String target) {
        return Optional.ofNullable(real.get(target));
    }

    /** Whether moto performs it: what is listed so, and what is not performed here of services that moto speaks for. */
    boolean passes(String target) {
        boolean ours = target.startsWith("AWSGlue") || target.startsWith("AmazonAthena");
        return passedOn.contains(target) || !ours && !real.containsKey(target);
    }

    /** Returns the targets performed here. */
    public Set<String> real() {
        return Collections.unmodifiableSet(real.keySet());
    }

    /** Returns the targets passed on. */
    public Set<String> passedOn() {
        return Collections.unmodifiableSet(passedOn);
    }

    private void requireNew(String target) {
        if (real.containsKey(target) || passedOn.contains(target)) {
            throw new IllegalStateException(target + " is there twice");
        }
    }
}
