package io.crossfoot.glue;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks up classes and members of a library by their names. What is missing is noted, and the search goes on, so that
 * all of it can be told at once.
 */
final class Bindings {
    private final ClassLoader loader;
    private final List<String> found = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    Bindings(ClassLoader loader) {
        this.loader = loader;
    }

    /** A member that was found, ready to be called. */
    @FunctionalInterface
    interface Member {
        /**
         * Calls it; what it throws is thrown.
         *
         * @param target the instance; null for a constructor, or for a method of a Scala object
         */
        Object call(Object target, Object... arguments);
    }

    /** Returns what was bound so far, as it was spelled by the library. */
    List<String> found() {
        return List.copyOf(found);
    }

    /** Returns what was looked for in vain. */
    List<String> missing() {
        return List.copyOf(missing);
    }

    /** Finds a class; without it every member of it is missing, too. */
    Optional<Class<?>> type(String name) {
        try {
            return Optional.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError absent) {
            return Optional.empty();
        }
    }

    /** Finds the constructor that takes arguments of these types. */
    Member constructor(String type, Class<?>... arguments) {
        String wanted = spell(type, "<init>", arguments);
        return type(type).stream()
                .flatMap(found -> members(found, Class::getConstructors))
                .filter(candidate -> accepts(candidate.getParameterTypes(), arguments))
                .findFirst()
                .map(this::bind)
                .orElseGet(() -> absent(wanted));
    }

    /** Finds the method of a class or trait that takes arguments of these types. */
    Member method(String type, String name, Class<?>... arguments) {
        return methods(type, name, arguments)
                .filter(candidate -> !isStatic(candidate))
                .findFirst()
                .map(method -> bind(method, null))
                .orElseGet(() -> absent(spell(type, name, arguments)));
    }

    /** Finds the method of a Scala object that takes arguments of these types. */
    Member objectMethod(String object, String name, Class<?>... arguments) {
        return findObjectMethod(object, name, arguments).orElseGet(() -> absent(spell(object, name, arguments)));
    }

    /**
     * Finds the method of a Scala object, by its static forwarder or in the object itself. Another may do instead: where
     * there is none, nothing is missing yet.
     */
    Optional<Member> findObjectMethod(String object, String name, Class<?>... arguments) {
        return methods(object, name, arguments)
                .filter(Bindings::isStatic)
                .findFirst()
                .map(method -> bind(method, null))
                .or(() -> methods(object + "$", name, arguments)
                        .filter(candidate -> !isStatic(candidate))
                        .findFirst()
                        .flatMap(method -> module(object + "$").map(module -> bind(method, module))));
    }

    private Stream<Method> methods(String type, String name, Class<?>... arguments) {
        return type(type).stream()
                .flatMap(found -> members(found, Class::getMethods))
                .filter(candidate -> candidate.getName().equals(name) && !candidate.isBridge())
                .filter(candidate -> accepts(candidate.getParameterTypes(), arguments));
    }

    /** A class whose members name a class that is not there does not tell any of them. */
    private <T> Stream<T> members(Class<?> type, Function<Class<?>, T[]> kind) {
        try {
            return Arrays.stream(kind.apply(type));
        } catch (LinkageError incomplete) {
            String reason = "%s cannot be loaded: %s".formatted(type.getName(), incomplete);
            if (!missing.contains(reason)) {
                missing.add(reason);
            }
            return Stream.empty();
        }
    }

    private Optional<Object> module(String object) {
        return type(object).flatMap(found -> {
            try {
                return Optional.ofNullable(found.getField("MODULE$").get(null));
            } catch (ReflectiveOperationException absent) {
                return Optional.empty();
            }
        });
    }

    private static boolean accepts(Class<?>[] parameters, Class<?>... arguments) {
        if (parameters.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < parameters.length; i++) {
            if (!parameters[i].isAssignableFrom(arguments[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isStatic(Method method) {
        return Modifier.isStatic(method.getModifiers());
    }

    private Member bind(Constructor<?> constructor) {
        found.add(constructor.toString());
        return (target, arguments) -> {
            try {
                return constructor.newInstance(arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown(thrown.getCause());
            } catch (ReflectiveOperationException changed) {
                throw new IllegalStateException(changed);
            }
        };
    }

    private Member bind(Method method, Object module) {
        found.add(method.toString());
        return (target, arguments) -> {
            try {
                return method.invoke(module == null ? target : module, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown(thrown.getCause());
            } catch (ReflectiveOperationException changed) {
                throw new IllegalStateException(changed);
            }
        };
    }

    /** Notes that something was looked for in vain. */
    Member absent(String wanted) {
        missing.add(wanted);
        return (target, arguments) -> {
            throw new IllegalStateException(wanted + " was not found");
        };
    }

    /** Scala throws checked exceptions that no signature tells of. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException thrown(Throwable cause) throws T {
        throw (T) cause;
    }

    private static String spell(String type, String name, Class<?>... arguments) {
        return "%s.%s(%s)"
                .formatted(
                        type,
                        name,
                        Arrays.stream(arguments).map(Class::getSimpleName).collect(Collectors.joining(", ")));
    }
}
