package io.crossfoot.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.Progressable;
import org.apache.spark.TaskContext;

/**
 * A real file system under other names, which can be told to fail: {@code remote://host/path} lies at {@code /path} on
 * the local disk. It refuses to rename to what exists, as HDFS does. As {@code gs://} and {@code s3a://} it is taken for
 * an object store, where a file is there when it was closed, and whole.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
    private static final String NOT_WRITABLE = "faulty.not-writable";
    private static final String FULL = "faulty.full";
    private static final String CALLING = "faulty.calling";
    private static final String PORT = "faulty.port";

    private static final AtomicLong BYTES_LEFT = new AtomicLong(Long.MAX_VALUE);
    private static final Map<String, Trouble> TROUBLES = new ConcurrentHashMap<>();
    private static final ThreadLocal<Boolean> WITHIN = ThreadLocal.withInitial(() -> false);
    private static final AtomicLong RENAMES = new AtomicLong();
    private static volatile String unreadable = "";
    private static volatile String stalling = "";

    private URI uri;

    /** Serves all its names, that of S3 in place of the real one. */
    public static Configuration configuration() {
        Configuration configuration = new Configuration(false);
        serve(configuration, List.of("remote", "gs", "s3a"));
        return configuration;
    }

    /** Serves {@code remote://} and {@code gs://} besides what is known already. */
    public static void register(Configuration configuration) {
        serve(configuration, List.of("remote", "gs"));
    }

    private static void serve(Configuration configuration, List<String> schemes) {
        for (String scheme : schemes) {
            configuration.setClass("fs." + scheme + ".impl", FaultyFileSystem.class, FileSystem.class);
            configuration.setBoolean("fs." + scheme + ".impl.disable.cache", true);
        }
    }

    /** Whatever would write or rename to a path with this in it is denied. */
    public static Configuration denyingWrites(String part) {
        Configuration configuration = configuration();
        configuration.set(NOT_WRITABLE, part);
        return configuration;
    }

    /** From now on, to open a file with this in its path is denied in this JVM; to list it is not. */
    public static void denyReadsOf(String part) {
        unreadable = part;
    }

    /**
     * Settings of Spark by which each task that opens a file with this in its path says which process it is to a port of
     * this machine, and waits until it is answered, or hung up on; where nobody listens it goes on.
     */
    public static Map<String, String> calling(String part, int port) {
        return Map.of("spark.hadoop." + CALLING, part, "spark.hadoop." + PORT, String.valueOf(port));
    }

    /** There is no space for a file with this in its path. */
    public static Configuration withoutSpaceFor(String part) {
        Configuration configuration = configuration();
        configuration.set(FULL, part);
        return configuration;
    }

    /** From now on there is room for so many bytes more, for all files of this JVM together. */
    public static void leaveRoomFor(long bytes) {
        BYTES_LEFT.set(bytes);
    }

    /** From now on the stores with this authority have a trouble, in this JVM. */
    public static void strike(String authority, Trouble trouble) {
        TROUBLES.put(authority, trouble);
    }

    /** Takes back what was told of the stores with this authority. */
    public static void heal(String authority) {
        TROUBLES.remove(authority);
    }

    /** Takes all that was told for this JVM back. */
    public static void heal() {
        leaveRoomFor(Long.MAX_VALUE);
        TROUBLES.clear();
        denyReadsOf("");
    }

    /** How many files and folders were renamed in this JVM. */
    public static long renames() {
        return RENAMES.get();
    }

    /** From now on, to open a file with this in its path says {@code stalled} and takes until standard input ends. */
    static void stallOn(String part) {
        stalling = part;
    }

    @Override
    public void initialize(URI name, Configuration configuration) throws IOException {
        uri = URI.create(name.getScheme() + "://" + name.getAuthority());
        super.initialize(name, configuration);
    }

    @Override
    public URI getUri() {
        // the super class asks before it says which
        return uri == null ? super.getUri() : uri;
    }

    @Override
    public String getScheme() {
        return getUri().getScheme();
    }

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        return operate("open", file, () -> {
            refuse(file, unreadable, "READ");
            if (!stalling.isEmpty() && file.toString().contains(stalling)) {
                System.out.println("stalled");
                StoppableRun.untilInputEnds();
            }
            if (matches(file, getConf().get(CALLING, "")) && TaskContext.get() != null) {
                call(getConf().getInt(PORT, 0));
            }
            return super.open(file, bufferSize);
        });
    }

    private static void call(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            new DataOutputStream(socket.getOutputStream())
                    .writeLong(ProcessHandle.current().pid());
            socket.getInputStream().read();
        } catch (ConnectException nobody) {
            // all who were to be called were
        }
    }

    @Override
    public FSDataOutputStream create(
            Path file, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        return operate("create", file, () -> {
            refuseToWrite(file);
            if (!isObjectStore()) {
                return new FSDataOutputStream(
                        new Written(file, super.create(file, overwrite, bufferSize, replication, blockSize, progress)),
                        null);
            }
            if (!overwrite && exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            return new FSDataOutputStream(new Written(file, new Uploaded(file, bufferSize)), null);
        });
    }

    @Override
    public FSDataOutputStream create(
            Path file,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        return create(file, overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public boolean mkdirs(Path folder) throws IOException {
        return operate("mkdirs", folder, () -> super.mkdirs(folder));
    }

    @Override
    public boolean mkdirs(Path folder, FsPermission permission) throws IOException {
        return mkdirs(folder);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        return operate("rename", from, () -> {
            refuseToWrite(to);
            RENAMES.incrementAndGet();
            if ("s3a".equals(getUri().getScheme())) {
                // a name of an object needs no folder
                mkdirs(to.getParent());
            }
            return !exists(to) && super.rename(from, to);
        });
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return operate("delete", path, () -> super.delete(path, recursive));
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return operate("status", path, () -> plain(super.getFileStatus(path)));
    }

    @Override
    public FileStatus[] listStatus(Path folder) throws IOException {
        return operate(
                "list",
                folder,
                () -> Arrays.stream(super.listStatus(folder))
                        .map(FaultyFileSystem::plain)
                        .toArray(FileStatus[]::new));
    }

    // the super class's own asks for permissions by a name that must begin with file:
    private static FileStatus plain(FileStatus found) {
        return new FileStatus(
                found.getLen(),
                found.isDirectory(),
                found.getReplication(),
                found.getBlockSize(),
                found.getModificationTime(),
                found.getPath());
    }

    /** Would start a process for each file. */
    @Override
    public void setPermission(Path path, FsPermission permission) {}

    private boolean isObjectStore() {
        return !"remote".equals(getUri().getScheme());
    }

    /** The super class does some operations by others: those are no more to ask of the store. */
    private <T> T operate(String what, Path path, Trouble.Operation<T> operation) throws IOException {
        Trouble trouble = TROUBLES.get(String.valueOf(getUri().getAuthority()));
        if (trouble == null || WITHIN.get()) {
            return operation.perform();
        }
        return trouble.meet(what + " " + path.toUri().getPath(), () -> {
            WITHIN.set(true);
            try {
                return operation.perform();
            } finally {
                WITHIN.set(false);
            }
        });
    }

    private void refuseToWrite(Path path) throws IOException {
        refuse(path, getConf().get(NOT_WRITABLE, ""), "WRITE");
        if (matches(path, getConf().get(FULL, ""))) {
            throw new IOException("No space left on device");
        }
    }

    private static void refuse(Path path, String part, String access) throws IOException {
        if (matches(path, part)) {
            throw new AccessControlException(
                    "Permission denied: user=somebody, access=%s, inode=\"%s\"".formatted(access, path));
        }
    }

    private static boolean matches(Path path, String part) {
        return !part.isEmpty() && path.toString().contains(part);
    }

    /** A file while it is written: to begin to write, and to close it, are operations of the store. */
    private final class Written extends FilterOutputStream {
        private final Path file;
        private boolean isBegun;

        Written(Path file, OutputStream whole) {
            super(whole);
            this.file = file;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            take(length);
            if (!isBegun) {
                isBegun = true;
                operate("write", file, () -> file);
            }
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            operate("close", file, () -> {
                super.close();
                return file;
            });
        }
    }

    /** What an object store has got, and makes an object of when it is closed. */
    private final class Uploaded extends ByteArrayOutputStream {
        private final Path file;
        private final int bufferSize;
        private boolean isClosed;

        Uploaded(Path file, int bufferSize) {
            this.file = file;
            this.bufferSize = bufferSize;
        }

        @Override
        public void close() throws IOException {
            if (!isClosed) {
                isClosed = true;
                try (OutputStream whole = FaultyFileSystem.super.create(
                        file, true, bufferSize, getDefaultReplication(file), getDefaultBlockSize(file), null)) {
                    writeTo(whole);
                }
            }
        }
    }

    private static void take(int bytes) throws IOException {
        if (BYTES_LEFT.addAndGet(-bytes) < 0) {
            throw new IOException("No space left on device");
        }
    }
}
