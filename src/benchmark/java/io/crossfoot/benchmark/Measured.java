package io.crossfoot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one process took.
 *
 * @param wallSeconds from start to end
 * @param cpuSeconds user and system time of the process
 * @param peakBytes the most memory that it held at once
 * @param readBytes what it read by calls of the system, of files and all else, whether or not a disk was needed
 * @param writtenBytes what it wrote by calls of the system
 */
record Measured(double wallSeconds, double cpuSeconds, long peakBytes, long readBytes, long writtenBytes) {
    private static final int POLL_MILLIS = 20;
    private static final double TICKS_PER_SECOND = 100;

    /** Runs a command to its end; its output goes to {@code log}. */
    static Measured of(List<String> command, Path log) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        double cpuBefore = childrenSeconds();
        Map<String, Long> bytesBefore = bytes();
        long began = System.nanoTime();
        Process process = builder.start();
        long peak = 0;
        while (process.isAlive()) {
            peak = Math.max(peak, peakBytes(process.pid()));
            Thread.sleep(POLL_MILLIS);
        }
        double wall = (System.nanoTime() - began) / 1e9;
        if (process.waitFor() != 0) {
            throw new IllegalStateException(
                    "%s ended with exit code %d:%n%s".formatted(log, process.exitValue(), Files.readString(log)));
        }
        Map<String, Long> bytes = bytes();
        return new Measured(
                wall,
                childrenSeconds() - cpuBefore,
                peak,
                bytes.get("rchar") - bytesBefore.get("rchar"),
                bytes.get("wchar") - bytesBefore.get("wchar"));
    }

    /** Runs Crossfoot to its end, which is to publish so many rows. */
    static Measured publishing(long rows, List<String> command, Path log) throws IOException, InterruptedException {
        Measured took = of(command, log);
        if (!Files.readString(log).contains("published %,d rows".formatted(rows))) {
            throw new IllegalStateException("the run should have published %,d rows; see %s".formatted(rows, log));
        }
        return took;
    }

    /** The CPU time of all children that have ended: fields 16 and 17 of proc(5) stat. */
    private static double childrenSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(afterName[13]) + Long.parseLong(afterName[14])) / TICKS_PER_SECOND;
    }

    /** What this process and its children that have ended have read and written: proc(5) io. */
    private static Map<String, Long> bytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/io")).stream()
                .map(line -> line.split(": "))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Long.parseLong(pair[1])));
    }

    private static long peakBytes(long pid) throws IOException {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            if (ended instanceof NoSuchFileException || !Files.exists(Path.of("/proc", String.valueOf(pid)))) {
                return 0;
            }
            throw ended;
        }
    }
}
