package org.laudable.dataset.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/**
 * The JSON texts of a file one after the other, in memory for one: its lines, or the elements of its one list. A text
 * that is too long, or no JSON, spoils no other.
 */
abstract sealed class JsonTexts implements AutoCloseable {
    static final int LONGEST = 4_000_000;

    private final BufferedReader reader;

    private JsonTexts(Reader reader) {
        this.reader = new BufferedReader(reader, 1 << 16);
    }

    static JsonTexts of(Reader reader, boolean list) {
        return list ? new Elements(reader) : new Lines(reader);
    }

    /** The next text, at most one character longer than {@link #LONGEST}; null at the end. */
    abstract String next() throws IOException, UnreadableFile;

    /** Where the last text is: its line, or its place in the list, from 1 on. */
    abstract long number();

    /** What a text is called in a message. */
    abstract String noun();

    final int read() throws IOException {
        return reader.read();
    }

    @Override
    public final void close() throws IOException {
        reader.close();
    }

    private static final class Lines extends JsonTexts {
        private long line;

        Lines(Reader reader) {
            super(reader);
        }

        @Override
        String next() throws IOException {
            for (String text = line(); text != null; text = line()) {
                if (!text.isBlank()) {
                    return text;
                }
            }
            return null;
        }

        private String line() throws IOException {
            StringBuilder out = new StringBuilder();
            for (int c = read(); c >= 0; c = read()) {
                if (c == '\n') {
                    line++;
                    return out.toString();
                }
                if (c != '\r' && out.length() <= LONGEST) {
                    out.append((char) c);
                }
            }
            if (out.isEmpty()) {
                return null;
            }
            line++;
            return out.toString();
        }

        @Override
        long number() {
            return line;
        }

        @Override
        String noun() {
            return "line";
        }
    }

    /** Finds where elements end by brackets and quotes alone; whether one is JSON is seen later. */
    private static final class Elements extends JsonTexts {
        private long place;
        private boolean begun;
        private boolean ended;

        Elements(Reader reader) {
            super(reader);
        }

        @Override
        String next() throws IOException, UnreadableFile {
            if (!begun) {
                begun = true;
                if (afterBlanks() != '[') {
                    throw new UnreadableFile("The file is no JSON list.");
                }
            }
            if (ended) {
                return null;
            }
            int c = afterBlanks();
            if (c == ']') {
                end();
                return null;
            }
            place++;
            return element(c);
        }

        private String element(int first) throws IOException, UnreadableFile {
            StringBuilder out = new StringBuilder();
            int depth = 0;
            boolean quoted = false;
            boolean escaped = false;
            for (int c = first;; c = read()) {
                if (c < 0) {
                    throw new UnreadableFile("The list is not closed: the file ends within or after item %,d. Was it cut off? Nothing of it goes in."
                            .formatted(place));
                }
                if (quoted) {
                    quoted = escaped || c != '"';
                    escaped = !escaped && c == '\\';
                } else if (c == '"') {
                    quoted = true;
                } else if (c == '{' || c == '[') {
                    depth++;
                } else if (depth > 0 && (c == '}' || c == ']')) {
                    depth--;
                } else if (depth == 0 && c == ',') {
                    return out.toString();
                } else if (depth == 0 && c == ']') {
                    end();
                    return out.toString();
                }
                if (out.length() <= LONGEST) {
                    out.append((char) c);
                }
            }
        }

        private void end() throws IOException, UnreadableFile {
            ended = true;
            if (afterBlanks() >= 0) {
                throw new UnreadableFile("The list ends after item %,d, but the file goes on. Nothing of it goes in.".formatted(place));
            }
        }

        private int afterBlanks() throws IOException {
            int c = read();
            while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
                c = read();
            }
            return c;
        }

        @Override
        long number() {
            return place;
        }

        @Override
        String noun() {
            return "item";
        }
    }
}
