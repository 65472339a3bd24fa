package io.crossfoot.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What goes wrong with a store, at one of the operations that are asked of it, the first of which is number 0. */
public final class Fault implements Trouble {
    /** How an operation fails. */
    public enum Kind {
        /** It is not done; all others are. */
        REFUSED,
        /** It is done, and whoever asked for it is told that it was not. */
        UNANSWERED,
        /** It is not done, nor is any after it. */
        LASTING
    }

    private final Kind kind;
    private final int number;
    private final List<String> operations = new ArrayList<>();

    public Fault(Kind kind, int number) {
        this.kind = kind;
        this.number = number;
    }

    /** Returns one that never comes, to see what is asked of a store. */
    public static Fault none() {
        return new Fault(Kind.REFUSED, Integer.MAX_VALUE);
    }

    @Override
    public <T> T meet(String name, Operation<T> operation) throws IOException {
        int mine = enter(name);
        boolean isHit = kind == Kind.LASTING ? mine >= number : mine == number;
        if (isHit && kind != Kind.UNANSWERED) {
            throw failure();
        }
        T result = operation.perform();
        if (isHit) {
            throw failure();
        }
        return result;
    }

    private static IOException failure() {
        return new IOException("a passing fault");
    }

    private synchronized int enter(String name) {
        operations.add(name);
        return operations.size() - 1;
    }

    /** Returns what tells it from others, fit for the name of a store. */
    public String name() {
        return "n%d-%s".formatted(number, kind.name().toLowerCase(Locale.ROOT));
    }

    /** Whether it has come. */
    public synchronized boolean hasCome() {
        return operations.size() > number;
    }

    /** Returns what was asked of the store until now. */
    public synchronized List<String> operations() {
        return List.copyOf(operations);
    }

    @Override
    public synchronized String toString() {
        return "%s %d, %s".formatted(kind, number, hasCome() ? operations.get(number) : "which has not come");
    }
}
