package io.crossfoot.sink;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock that the kernel keeps.
 *
 * <p>Closing <i>any</i> channel of a file gives back all locks that this process has on it. So a second holder in the same
 * process is found in a table, without opening the file, and the channel that reads the file again stays open as long as
 * the lock.
 */
final class KernelLock implements RunLock {
    private static final Map<Path, LockHolder> HELD_HERE = new ConcurrentHashMap<>();

    private final Path file;
    private final LockHolder self;
    private final FileChannel locked;
    private final FileChannel witness;

    private KernelLock(Path file, LockHolder self, FileChannel locked, FileChannel witness) {
        this.file = file;
        this.self = self;
        this.locked = locked;
        this.witness = witness;
    }

    static KernelLock acquire(ControlFolder control, LockHolder self) throws IOException {
        Path folder = Store.local(control.root());
        Files.createDirectories(folder);
        Path file = folder.toRealPath().resolve(control.lockFile().getName());
        LockHolder here = HELD_HERE.putIfAbsent(file, self);
        if (here != null) {
            throw here.refusal();
        }
        Optional<KernelLock> lock = Optional.empty();
        try {
            // a holder that ends just now removes the file that was just opened: then it is not the lock any more
            while (lock.isEmpty()) {
                lock = attempt(file, control, self);
            }
            return lock.get();
        } finally {
            if (lock.isEmpty()) {
                HELD_HERE.remove(file);
            }
        }
    }

    private static Optional<KernelLock> attempt(Path file, ControlFolder control, LockHolder self) throws IOException {
        FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
        FileChannel witness = channel;
        boolean kept = false;
        try {
            if (!locked(channel)) {
                throw LockHolder.parse(text(channel), control).refusal();
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(self.json().getBytes(StandardCharsets.UTF_8)), 0);
            witness = FileChannel.open(file, READ);
            kept = text(witness).equals(self.json());
            return kept ? Optional.of(new KernelLock(file, self, channel, witness)) : Optional.empty();
        } catch (NoSuchFileException removed) {
            return Optional.empty();
        } finally {
            if (!kept) {
                witness.close();
                channel.close();
            }
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException otherClassLoader) {
            return false;
        }
    }

    private static String text(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
        channel.read(bytes, 0);
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    /** The kernel does not take a lock away from a living process. */
    @Override
    public void confirm() {}

    @Override
    public void close() {
        if (!locked.isOpen()) {
            return;
        }
        try (witness;
                locked) {
            // while it is still held: afterwards it may be another run's
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // the kernel has given the lock back all the same; an old file without a lock stops nobody
        } finally {
            HELD_HERE.remove(file, self);
        }
    }
}
