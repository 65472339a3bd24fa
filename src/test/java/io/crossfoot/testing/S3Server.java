package io.crossfoot.testing;

import io.crossfoot.cli.S3Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;

/**
 * A real S3 server (S3Proxy) on the loopback interface, inside this JVM, and apart from Spark's class path. An object
 * {@code s3://bucket/a/b} is the file {@code bucket/a/b} in its folder.
 */
public final class S3Server implements AutoCloseable {
    public static final String ACCESS_KEY = "AKIATESTACCESSKEY";
    public static final String SECRET_KEY = "test/secret+key";

    private final Path folder;
    private final Object server;
    private final String endpoint;

    private S3Server(Path folder, Object server, String endpoint) {
        this.folder = folder;
        this.server = server;
        this.endpoint = endpoint;
    }

    /** Starts one on a free port, with no bucket in it. */
    public static S3Server start(Path folder) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "s3proxy.endpoint",
                "http://127.0.0.1:0",
                "s3proxy.authorization",
                "aws-v2-or-v4",
                "s3proxy.identity",
                ACCESS_KEY,
                "s3proxy.credential",
                SECRET_KEY,
                "jclouds.provider",
                "filesystem-nio2",
                "jclouds.filesystem.basedir",
                folder.toString()));
        System.setProperty("logback.statusListenerClass", "ch.qos.logback.core.status.NopStatusListener");
        System.setProperty("LOG_LEVEL", "error");
        System.setProperty("JETTY_LOG_LEVEL", "error");
        Thread here = Thread.currentThread();
        ClassLoader usual = here.getContextClassLoader();
        try {
            Files.createDirectories(folder);
            URL jar = Folders.target().resolve("s3-server/s3proxy.jar").toUri().toURL();
            @SuppressWarnings("resource") // its classes are in use until the JVM ends
            ClassLoader apart = new URLClassLoader("s3-server", new URL[] {jar}, ClassLoader.getPlatformClassLoader());
            here.setContextClassLoader(apart);
            Object store = apart.loadClass("org.gaul.s3proxy.BlobStores")
                    .getMethod("create", String.class, Properties.class)
                    .invoke(null, "filesystem-nio2", properties);
            Class<?> builders = apart.loadClass("org.gaul.s3proxy.S3Proxy$Builder");
            Object builder =
                    builders.getMethod("fromProperties", Properties.class).invoke(null, properties);
            builders.getMethod("blobStore", apart.loadClass("org.gaul.s3proxy.blobstore.BlobStore"))
                    .invoke(builder, store);
            Object server = builders.getMethod("build").invoke(builder);
            server.getClass().getMethod("start").invoke(server);
            return new S3Server(
                    folder,
                    server,
                    "http://127.0.0.1:" + server.getClass().getMethod("getPort").invoke(server));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
        } finally {
            here.setContextClassLoader(usual);
        }
    }

    /** Makes a bucket, and returns the folder of its objects. */
    public Path bucket(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public String endpoint() {
        return endpoint;
    }

    /** The environment in which a user reaches it. */
    public Map<String, String> environment() {
        return environment(ACCESS_KEY, SECRET_KEY);
    }

    public Map<String, String> environment(String accessKey, String secretKey) {
        return Map.of(
                "AWS_ENDPOINT_URL",
                endpoint,
                "AWS_REGION",
                "us-east-1",
                "AWS_ACCESS_KEY_ID",
                accessKey,
                "AWS_SECRET_ACCESS_KEY",
                secretKey);
    }

    /** The settings of Hadoop that the command line makes of an environment, and the keys as Spark takes them from there. */
    public static Map<String, String> settings(Map<String, String> environment) {
        SparkConf conf = new SparkConf(false)
                .set("spark.hadoop.fs.s3a.access.key", environment.get("AWS_ACCESS_KEY_ID"))
                .set("spark.hadoop.fs.s3a.secret.key", environment.get("AWS_SECRET_ACCESS_KEY"));
        S3Settings.complete(conf, environment);
        return Arrays.stream(conf.getAll())
                .collect(Collectors.toMap(
                        setting -> setting._1.substring("spark.hadoop.".length()), setting -> setting._2));
    }

    /** What reaches this server. */
    public Configuration hadoop() {
        Configuration hadoop = new Configuration();
        settings(environment()).forEach(hadoop::set);
        return hadoop;
    }

    /** Uploads an object, as no file in its folder would be one: it would lack an ETag. */
    public void put(String object, String text) {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(object);
        try (OutputStream out = path.getFileSystem(hadoop()).create(path)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            server.getClass().getMethod("stop").invoke(server);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
