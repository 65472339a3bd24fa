package io.crossfoot.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * CSV files to be read and typed, made once and kept.
 *
 * @param name what the table calls them
 * @param folder where they lie
 * @param rows how many rows they have
 * @param schema their columns, all of them, as DDL
 * @param used the columns that are read, by name
 * @param atMost what part of the time of Spark's reader may be taken
 */
record ReaderData(String name, Path folder, long rows, String schema, String used, double atMost) {
    private static final int FILES = 8;
    private static final long SEED = 20_240_116;
    private static final int WIDE = 40;

    /** The sales of {@link BenchmarkData}: six columns, all of them used. */
    static ReaderData sales(Path work, long rows) throws IOException {
        BenchmarkData data = BenchmarkData.in(work, rows);
        return new ReaderData("6 columns of 6", data.sales(), rows, BenchmarkData.SCHEMA, "*", 0.25);
    }

    /** The same rows with quotes around every value. */
    static ReaderData quoted(Path work, long rows) throws IOException {
        ReaderData plain = sales(work, rows);
        Path folder = work.resolve("quoted-" + rows);
        make(folder, (file, out) -> {
            try (var lines = Files.lines(plain.folder().resolve("sales-" + file + ".csv"))) {
                lines.forEach(line -> write(out, quoted(line)));
            }
        });
        return new ReaderData("the same, all quoted", folder, rows, BenchmarkData.SCHEMA, "*", 0.35);
    }

    /** As many rows, with 40 columns of which 6 are used. */
    static ReaderData wide(Path work, long rows) throws IOException {
        Path folder = work.resolve("wide-" + rows);
        StringJoiner schema = new StringJoiner(", ");
        StringJoiner header = new StringJoiner(",", "", "\n");
        for (int i = 0; i < WIDE; i++) {
            schema.add("c%d %s".formatted(i, type(i)));
            header.add("c" + i);
        }
        make(folder, (file, out) -> {
            SplittableRandom random = new SplittableRandom(SEED + file);
            write(out, header.toString());
            for (long row = rows * file / FILES; row < rows * (file + 1) / FILES; row++) {
                StringJoiner line = new StringJoiner(",", "", "\n");
                for (int i = 0; i < WIDE; i++) {
                    line.add(value(i, random));
                }
                write(out, line.toString());
            }
        });
        return new ReaderData("6 columns of 40", folder, rows, schema.toString(), "c1, c8, c15, c22, c29, c36", 0.20);
    }

    private static String type(int column) {
        return switch (column % 4) {
            case 0 -> "BIGINT";
            case 1 -> "DECIMAL(12,2)";
            case 2 -> "STRING";
            default -> "DATE";
        };
    }

    private static String value(int column, SplittableRandom random) {
        int some = random.nextInt(1_000_000);
        return switch (column % 4) {
            case 0 -> String.valueOf(some * 1000L);
            case 1 -> "%d.%02d".formatted(some, some % 100);
            case 2 -> "text " + some;
            default -> "20%02d-%02d-%02d".formatted(some % 30, 1 + some % 12, 1 + some % 28);
        };
    }

    private static String quoted(String line) {
        StringBuilder quoted = new StringBuilder("\"");
        boolean inside = false;
        for (int i = 0; i < line.length(); i++) {
            char next = line.charAt(i);
            inside ^= next == '"';
            if (next == ',' && !inside) {
                quoted.append("\",\"");
            } else if (next != '"') {
                quoted.append(next);
            }
        }
        return quoted.append("\"\n").toString();
    }

    private interface Maker {
        void make(int file, OutputStream out) throws IOException;
    }

    private static void make(Path folder, Maker maker) throws IOException {
        if (Files.exists(folder)) {
            return;
        }
        Path unfinished = Files.createDirectories(folder.resolveSibling(folder.getFileName() + ".new"));
        IntStream.range(0, FILES).parallel().forEach(file -> {
            Path path = unfinished.resolve("part-" + file + ".csv");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
                maker.make(file, out);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
        Files.move(unfinished, folder);
    }

    private static void write(OutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
