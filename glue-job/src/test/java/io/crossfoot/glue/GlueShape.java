package io.crossfoot.glue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A shape that AWS's library may have: its classes, written from public documentation, compiled for one test. Whatever
 * is called says so in {@code Calls.SAID}.
 */
final class GlueShape {
    private static final String GLUE = "com.amazonaws.services.glue.";

    private final Map<String, String> sources = new HashMap<>();

    /** The shape of Glue 4, as it was proven by public callers. */
    static GlueShape glue4() {
        return new GlueShape()
                .with("Calls", """
                        package com.amazonaws.services.glue;
                        public class Calls {
                            public static final java.util.List<String> SAID = new java.util.ArrayList<>();
                        }""")
                .with("GlueContext", """
                        package com.amazonaws.services.glue;
                        import com.amazonaws.services.glue.util.JsonOptions;
                        public class GlueContext {
                            public GlueContext(org.apache.spark.SparkContext sc) { Calls.SAID.add("context"); }
                            public GlueContext(org.apache.spark.SparkContext sc, int minimum, int target) {}
                            public org.apache.spark.sql.SparkSession getSparkSession() {
                                Calls.SAID.add("session");
                                return org.apache.spark.sql.SparkSession.active();
                            }
                            public DataSource getCatalogSource(String database, String table, String tmp, String context,
                                    String predicate, JsonOptions options, String catalogId) {
                                Calls.SAID.add(String.join("|", "source", database, table, tmp, context, predicate,
                                        String.valueOf(options), String.valueOf(catalogId)));
                                return new Found();
                            }
                            private DataSource getCatalogSource(Object other) { return null; }
                            static class Found %s DataSource {
                                public DynamicFrame getDynamicFrame() { return new DynamicFrame(); }
                                public DynamicFrame getDynamicFrame(int partitions, int records) { return null; }
                            }
                        }""".formatted("implements"))
                .with("DataSource", """
                        package com.amazonaws.services.glue;
                        public interface DataSource {
                            DynamicFrame getDynamicFrame();
                            DynamicFrame getDynamicFrame(int partitions, int records);
                        }""")
                .with("DynamicFrame", frame("scala.collection.Seq"))
                .with("util.JsonOptions", options("String json", "scala.collection.Map<?, ?> map"))
                .with("util.GlueArgParser", """
                        package com.amazonaws.services.glue.util;
                        public class GlueArgParser {
                            public static scala.collection.immutable.Map<String, String> getResolvedOptions(
                                    String[] arguments, String[] options) {
                                com.amazonaws.services.glue.Calls.SAID.add("options " + String.join(",", options));
                                return new scala.collection.immutable.Map.Map1<>("JOB_NAME", "nightly");
                            }
                        }""")
                .with("util.Job", job("void", "", INIT_WITH_CONTEXT));
    }

    static final String INIT_WITH_CONTEXT = """
            public static Job$ init(String name, com.amazonaws.services.glue.GlueContext glue,
                    java.util.Map<String, String> arguments) {
                com.amazonaws.services.glue.Calls.SAID.add("init with a context " + name + " " + arguments);
                return null;
            }
            public static Job$ init(String name, com.amazonaws.services.glue.GlueContext glue, String endpoint,
                    java.util.Map<String, String> arguments) { throw new IllegalStateException(); }""";

    static final String INIT_WITH_SESSION = """
            public static Job$ init(String name, org.apache.spark.sql.SparkSession spark,
                    java.util.Map<String, String> arguments) {
                com.amazonaws.services.glue.Calls.SAID.add("init with a session " + name + " " + arguments);
                return null;
            }""";

    /** The mirror class of the Scala object {@code Job}, and the class of the object. */
    static String job(String commitType, String commitValue, String init) {
        return """
                package com.amazonaws.services.glue.util;
                public class Job {
                    %s
                    public static %s commit() { com.amazonaws.services.glue.Calls.SAID.add("commit"); return %s; }
                }
                class Job$ {}""".formatted(init, commitType, commitValue);
    }

    /** The Scala object {@code Job} alone, without forwarders. */
    static String jobObject() {
        return """
                package com.amazonaws.services.glue.util;
                public class Job$ {
                    public static final Job$ MODULE$ = new Job$();
                    public Job$ init(String name, com.amazonaws.services.glue.GlueContext glue,
                            java.util.Map<String, String> arguments) {
                        com.amazonaws.services.glue.Calls.SAID.add("init with a context " + name + " " + arguments);
                        return this;
                    }
                    public void commit() { com.amazonaws.services.glue.Calls.SAID.add("commit"); }
                }""";
    }

    static String frame(String seq) {
        return """
                package com.amazonaws.services.glue;
                public class DynamicFrame {
                    public org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> toDF(%s<Object> specs) {
                        Calls.SAID.add("toDF of " + specs.size());
                        return org.apache.spark.sql.SparkSession.active().emptyDataFrame();
                    }
                }""".formatted(seq);
    }

    static String options(String... parameters) {
        StringBuilder constructors = new StringBuilder();
        for (String parameter : parameters) {
            String name = parameter.substring(parameter.lastIndexOf(' ') + 1);
            constructors.append("public JsonOptions(%s) { text = String.valueOf(%s); }%n".formatted(parameter, name));
        }
        return """
                package com.amazonaws.services.glue.util;
                public class JsonOptions {
                    private final String text;
                    %s
                    public String toString() { return text; }
                }""".formatted(constructors);
    }

    /** Returns this shape with another class in place of the one of that name, or one more. */
    GlueShape with(String name, String source) {
        GlueShape changed = new GlueShape();
        changed.sources.putAll(sources);
        changed.sources.put(GLUE + name, source);
        return changed;
    }

    GlueShape without(String name) {
        GlueShape changed = new GlueShape();
        changed.sources.putAll(sources);
        changed.sources.remove(GLUE + name);
        return changed;
    }

    String source(String name) {
        return sources.get(GLUE + name);
    }

    /** Compiles the shape; whatever else has these names is not seen through the loader. */
    ClassLoader compiled() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, text) -> units.add(new Text(name, text)));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        StringBuilder problems = new StringBuilder();
        boolean compiles = units.isEmpty()
                || compiler.getTask(
                                null,
                                new InMemory(compiler.getStandardFileManager(null, null, null), classes),
                                problem -> problems.append(problem).append('\n'),
                                List.of("-classpath", classPath, "-proc:none", "-nowarn"),
                                null,
                                units)
                        .call();
        if (!compiles) {
            throw new AssertionError(problems);
        }
        return new ClassLoader(GlueShape.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (!name.startsWith(GLUE)) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                if (!classes.containsKey(name)) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = classes.get(name).toByteArray();
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
    }

    /** What was called in a compiled shape. */
    @SuppressWarnings("unchecked")
    static List<String> calls(ClassLoader shape) {
        try {
            return (List<String>)
                    shape.loadClass(GLUE + "Calls").getField("SAID").get(null);
        } catch (ReflectiveOperationException absent) {
            throw new AssertionError(absent);
        }
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes;

        InMemory(JavaFileManager standard, Map<String, ByteArrayOutputStream> classes) {
            super(standard);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return classes.computeIfAbsent(name, any -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
