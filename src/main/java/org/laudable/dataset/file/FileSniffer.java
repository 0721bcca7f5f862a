package org.laudable.dataset.file;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.laudable.engine.parquet.ParquetSource;
import org.mozilla.universalchardet.UniversalDetector;

/** Finds out from a file's beginning how to read it. */
public final class FileSniffer {
    /** How much of the file is looked at. */
    public static final int HEAD_BYTES = 1 << 20;

    private static final int HEAD_ROWS = 200;
    private static final int SHAPE_ROWS = 50;
    private static final String DELIMITERS = ",;\t|";

    private FileSniffer() {}

    /**
     * Looks at a file's beginning, and at the end of one that has its table of contents there.
     *
     * @param fileName as the person named it
     * @throws UnreadableFile if it is of a kind that cannot be imported, or damaged
     */
    public static FileFormat sniff(Path file, String fileName) throws IOException, UnreadableFile {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            bytes.mark(4);
            boolean parquet = new String(bytes.readNBytes(4), StandardCharsets.ISO_8859_1).equals(ParquetSource.MAGIC);
            bytes.reset();
            if (!parquet) {
                return sniff(bytes, fileName);
            }
        }
        return new FileFormat(FileFormat.Kind.PARQUET, "UTF-8", ',', false, false, ShapeGuess.of(ParquetRows.sample(file, SHAPE_ROWS)));
    }

    /**
     * Looks at a text file's beginning.
     *
     * @param bytes    the file from its start; not closed
     * @param fileName as the person named it
     * @throws UnreadableFile if it is no text, or of a kind that cannot be imported
     */
    static FileFormat sniff(InputStream bytes, String fileName) throws IOException, UnreadableFile {
        byte[] head = bytes.readNBytes(HEAD_BYTES);
        if (head.length == 0) {
            throw new UnreadableFile("The file is empty.");
        }
        refuseKnownBinary(head);
        String charset = charset(head);
        String text = decode(head, charset);
        refuseBinary(text);
        String start = text.stripLeading();
        if (start.isEmpty()) {
            throw new UnreadableFile("The file holds nothing but white space.");
        }
        String name = fileName.toLowerCase(Locale.ROOT);
        boolean list = start.startsWith("[") && (start.substring(1).stripLeading().startsWith("{") || name.endsWith(".json"));
        if (list || start.startsWith("{")) {
            return FileFormat.json(list, charset, ShapeGuess.of(JsonRows.sample(new StringReader(start), list, SHAPE_ROWS)));
        }
        return separated(head, charset, name.endsWith(".tsv") || name.endsWith(".tab"));
    }

    private static void refuseKnownBinary(byte[] head) throws UnreadableFile {
        String magic = new String(head, 0, Math.min(4, head.length), StandardCharsets.ISO_8859_1);
        if (magic.startsWith("PK")) {
            throw new UnreadableFile("This is an Excel workbook or a zip archive. Save the sheet as CSV, or unpack it first.");
        }
        if (magic.startsWith("\u001f\u008b")) {
            throw new UnreadableFile("The file is compressed (gzip). Unpack it first.");
        }
        if (magic.startsWith("%PDF") || magic.startsWith("\u00d0\u00cf\u0011\u00e0") || magic.startsWith("PAR1")) {
            throw new UnreadableFile("This kind of file cannot be read. Save it as CSV, TSV, JSON Lines or Parquet.");
        }
    }

    /** More than one control character in a hundred: not a text. A few bad rows are refused one by one instead. */
    private static void refuseBinary(String text) throws UnreadableFile {
        long odd = text.chars().filter(c -> c < 0x20 && c != '\t' && c != '\n' && c != '\r').count();
        if (odd * 100 > text.length()) {
            throw new UnreadableFile("This is no text file: it holds binary data. Save it as CSV, TSV or JSON Lines.");
        }
    }

    /** UTF-8 where it fits all or nearly all of what is not ASCII; else what the letters' statistics suggest. */
    static String charset(byte[] head) {
        if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
            return "UTF-8";
        }
        if (startsWith(head, 0xFF, 0xFE)) {
            return "UTF-16LE";
        }
        if (startsWith(head, 0xFE, 0xFF)) {
            return "UTF-16BE";
        }
        Optional<String> wide = wideWithoutMark(head);
        if (wide.isPresent()) {
            return wide.get();
        }
        long[] counts = utf8Counts(head);
        long good = counts[0];
        long bad = counts[1];
        if (bad == 0 || good > 10 * bad) {
            return "UTF-8";
        }
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(head, 0, head.length);
        detector.dataEnd();
        String found = detector.getDetectedCharset();
        boolean usable = found != null && Charset.isSupported(found) && !found.equals("US-ASCII") && !found.equals("UTF-8");
        return usable ? Charset.forName(found).name() : "windows-1252";
    }

    /** UTF-16 without its mark shows in every second byte being zero. */
    private static Optional<String> wideWithoutMark(byte[] head) {
        int even = 0;
        int odd = 0;
        int looked = Math.min(head.length, 4_096) & ~1;
        for (int i = 0; i < looked; i += 2) {
            even += head[i] == 0 ? 1 : 0;
            odd += head[i + 1] == 0 ? 1 : 0;
        }
        int half = looked / 2;
        if (half < 4) {
            return Optional.empty();
        }
        return odd > .7 * half && even < .05 * half ? Optional.of("UTF-16LE")
                : even > .7 * half && odd < .05 * half ? Optional.of("UTF-16BE") : Optional.empty();
    }

    /** Valid and invalid sequences beyond ASCII; a sequence cut off by the end of the head counts as neither. */
    private static long[] utf8Counts(byte[] head) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(head);
        CharBuffer out = CharBuffer.allocate(8_192);
        long good = 0;
        long bad = 0;
        while (true) {
            var result = decoder.decode(in, out, false);
            out.flip();
            good += out.chars().filter(c -> c > 0x7F).count();
            out.clear();
            if (result.isError()) {
                bad++;
                in.position(in.position() + result.length());
            } else if (result.isUnderflow()) {
                return new long[] {good, bad};
            }
        }
    }

    private static boolean startsWith(byte[] head, int... expected) {
        for (int i = 0; i < expected.length; i++) {
            if (head.length <= i || (head[i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static String decode(byte[] head, String charset) {
        String text = new String(head, Charset.forName(charset));
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static FileFormat separated(byte[] head, String charset, boolean tabExpected) throws IOException, UnreadableFile {
        FileFormat best = new FileFormat(FileFormat.Kind.CSV, charset, tabExpected ? '\t' : ',', true, false);
        double bestScore = 0;
        for (char delimiter : DELIMITERS.toCharArray()) {
            int quotedRows = 0;
            for (boolean quoted : new boolean[] {true, false}) {
                FileFormat candidate = new FileFormat(FileFormat.Kind.CSV, charset, delimiter, quoted, false);
                List<List<String>> rows = rows(head, candidate);
                quotedRows = quoted ? rows.size() : quotedRows;
                boolean quoteSwallowsLines = !quoted && rows.size() > quotedRows;
                double score = consistency(rows) + (tabExpected && delimiter == '\t' ? .5 : 0)
                        + (quoted ? .05 : quoteSwallowsLines ? .1 : 0);
                if (score > bestScore) {
                    bestScore = score;
                    best = candidate;
                }
            }
        }
        boolean header = HeaderGuess.isHeader(rows(head, best));
        return new FileFormat(FileFormat.Kind.CSV, charset, best.delimiter(), best.quoted(), header);
    }

    /** How well the rows agree on a number of columns: 0 for a single column, else up to 2. */
    private static double consistency(List<List<String>> rows) {
        if (rows.isEmpty()) {
            return 0;
        }
        Map<Integer, Long> widths = rows.stream().collect(Collectors.groupingBy(List::size, Collectors.counting()));
        int width = rows.getFirst().size();
        if (width < 2) {
            return 0;
        }
        double share = widths.get(width) / (double) rows.size();
        return share < .5 ? 0 : share + Math.min(width, 20) / 100.0;
    }

    private static List<List<String>> rows(byte[] head, FileFormat format) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (RowReader reader = RowReader.open(new ByteArrayInputStream(head), format, List.of())) {
            for (Optional<FileRow> row = reader.next(); row.isPresent() && rows.size() <= HEAD_ROWS; row = reader.next()) {
                rows.add(row.get().fields());
            }
        } catch (UnreadableFile e) {
            return rows;
        }
        if (rows.size() > 1 && head.length == HEAD_BYTES) {
            rows.removeLast();
        }
        return rows;
    }
}
