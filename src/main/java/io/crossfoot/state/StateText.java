package io.crossfoot.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crossfoot.source.InputFile;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;

/** State as text: see the package. Written and read as it passes, so that a million objects take no room. */
final class StateText {
    static final int VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectReader HEADER = JSON.readerFor(Header.class);
    private static final ObjectReader RUN = JSON.readerFor(ProcessedRun.class);
    private static final ObjectReader OBJECT = JSON.readerFor(ObjectLine.class);
    private static final ObjectReader END = JSON.readerFor(End.class);

    private StateText() {}

    /** @param output where the output lies that this is the state of, from its control folder */
    record Header(int version, String output) {}

    record ObjectLine(String path, long bytes, long modified, String etag) {}

    /** @param sha256 of all lines before it */
    record End(long runs, String sha256) {}

    /** A state that only another program can read: no copy of it helps. */
    static final class OtherVersion extends IOException {
        private static final long serialVersionUID = 1L;

        OtherVersion(int version) {
            super("it has version %d, and this program knows version %d; use a newer Crossfoot"
                    .formatted(version, VERSION));
        }
    }

    /** Writes a state: the header first, then runs, newest first, each before its objects, then the end. */
    static final class Writer implements AutoCloseable {
        private static final ObjectWriter JSON_LINE = JSON.writer();

        private final BufferedWriter out;
        private final Fingerprint written = new Fingerprint();
        private long runs;

        Writer(OutputStream out, String output) throws IOException {
            this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
            line(new Header(VERSION, output));
        }

        void run(ProcessedRun run) throws IOException {
            runs++;
            line(run);
        }

        void object(InputFile object) throws IOException {
            line(new ObjectLine(object.path(), object.bytes(), object.modified(), object.etag()));
        }

        void end() throws IOException {
            line(new End(runs, written.text()));
            out.flush();
        }

        private void line(Object value) throws IOException {
            String text = JSON_LINE.writeValueAsString(value);
            written.add(text);
            out.write(text);
            out.write('\n');
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** Reads a state, and finds out whether it is whole and as it was written. */
    static final class Reader {
        private final BufferedReader lines;
        /** Of the lines before the current one. */
        private final Fingerprint found = new Fingerprint();

        private String current;
        private long line;

        Reader(InputStream in) {
            lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
        }

        /**
         * @param takers given each run, in the order of the text, returns who takes its objects
         * @return the header
         * @throws IOException that says what is wrong, and in which line
         */
        Header read(Function<ProcessedRun, Consumer<InputFile>> takers) throws IOException {
            Header header = parse(HEADER, next());
            if (header.version() != VERSION) {
                throw new OtherVersion(header.version());
            }
            long runs = 0;
            String text = next();
            while (!text.startsWith("{\"runs\"")) {
                text = readRun(parse(RUN, text), takers);
                runs++;
            }
            End end = parse(END, text);
            if (end.runs() != runs || lines.readLine() != null) {
                throw damaged("the last line speaks of %d runs, and there are others".formatted(end.runs()));
            }
            if (!end.sha256().equals(found.text())) {
                throw new IOException("its lines are not those that were written; who edited them?");
            }
            return header;
        }

        /** Returns the line behind the last object of the run. */
        private String readRun(ProcessedRun run, Function<ProcessedRun, Consumer<InputFile>> takers)
                throws IOException {
            long began = line;
            Consumer<InputFile> taker = takers.apply(run);
            Fingerprint key = new Fingerprint();
            String text = next();
            while (text.startsWith("{\"path\"")) {
                ObjectLine read = parse(OBJECT, text);
                InputFile object = new InputFile(read.path(), read.bytes(), read.modified(), read.etag());
                key.add(object);
                taker.accept(object);
                text = next();
            }
            if (!key.text().equals(run.key())) {
                throw new IOException("the objects of run %s (line %d) are not those that it has read; who edited them?"
                        .formatted(run.run(), began));
            }
            return text;
        }

        private String next() throws IOException {
            if (line > 0) {
                found.add(current);
            }
            line++;
            current = lines.readLine();
            if (current == null) {
                throw damaged("it ends too early");
            }
            return current;
        }

        private <T> T parse(ObjectReader reader, String text) throws IOException {
            try {
                return reader.readValue(text);
            } catch (JsonProcessingException nonsense) {
                throw damaged(nonsense.getOriginalMessage());
            }
        }

        private IOException damaged(String how) {
            return new IOException("it is damaged at line %d: %s".formatted(line, how));
        }
    }
}
