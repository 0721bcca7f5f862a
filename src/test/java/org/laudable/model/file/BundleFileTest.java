package org.laudable.model.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.laudable.engine.saved.BoundedInput;

/** Files that somebody made up, or that broke on the way, are refused with a sentence; none costs more memory than its size. */
class BundleFileTest {
    @TempDir Path folder;

    @Test
    void a_part_that_was_changed_is_named() throws Exception {
        Map<String, byte[]> entries = entries(FoodsModel.get().write(folder.resolve("good.zip")));
        entries.get("head.bin")[200] ^= 1;
        assertTrue(refusal(entries).contains("'head.bin'"), "a changed bit");
        entries.get("head.bin")[200] ^= 1;
        entries.put("pool.bin", java.util.Arrays.copyOf(entries.get("pool.bin"), 5_000));
        assertTrue(refusal(entries).contains("'pool.bin'"), "a part cut off");
        entries.remove("pool.bin");
        assertTrue(refusal(entries).contains("'pool.bin' of the model is missing"), "a part gone");
    }

    @Test
    void parts_that_are_not_listed_lead_elsewhere_or_are_folders_are_refused() throws Exception {
        for (String name : List.of("../../etc/passwd", "/etc/passwd", "a/../../b", "C:\\model", "folder/", "extra.bin", "a/b/c", "..", "line\nbreak")) {
            Map<String, byte[]> entries = small();
            entries.put(name, new byte[] {1});
            String said = refusal(entries);
            assertTrue(said.contains("not opened"), name + ": " + said);
            assertTrue(said.chars().allMatch(c -> c >= ' '), "a name's control characters are not repeated");
        }
    }

    @Test
    void what_unpacks_to_more_than_it_says_is_never_unpacked() throws Exception {
        Map<String, byte[]> entries = small();
        entries.put("part.bin", new byte[200 << 20]); // packs to 200 kB
        long before = used();
        assertTrue(refusal(entries).contains("its size or its SHA-256 differs"));
        assertTrue(used() - before < 150 << 20, "it was held in memory");

        entries = small();
        entries.put("manifest.json", manifest(9L << 30).getBytes(StandardCharsets.UTF_8));
        assertTrue(refusal(entries).contains("unpack to more than"));
        entries.put("manifest.json", manifest(Runtime.getRuntime().maxMemory() / 4 + 1).getBytes(StandardCharsets.UTF_8));
        assertTrue(refusal(entries).contains("unpack to more than"), "more than fits into a part of the memory");
        entries.put("manifest.json", new byte[50 << 20]);
        assertTrue(refusal(entries).contains("manifest is larger"));
    }

    @Test
    void zeros_that_pack_to_nothing_do_not_become_millions_of_fingerprints() throws Exception {
        Path file = folder.resolve("bomb.zip");
        byte[] zeros = new byte[1 << 20];
        try (BundleWriter writer = new BundleWriter(Files.newOutputStream(file))) {
            writer.part("taught.bin", "fingerprints", out -> {
                for (int i = 0; i < 48; i++) {
                    out.write(zeros);
                }
            });
            writer.finish(empty());
        }
        assertTrue(Files.size(file) < 100_000, "a file of some kilobytes");
        try (BundleFile open = BundleFile.open(file)) {
            assertTrue(assertThrows(UnusableBundle.class, () -> TextModelFile.taught(open)).getMessage().contains("2,000,000"));
        }
    }

    @Test
    void lengths_inside_a_part_are_not_believed() throws Exception {
        BoundedInput in = new BoundedInput(new java.io.ByteArrayInputStream(new byte[] {0x7f, -1, -1, -1, 0, 0, 0, 0}), 8);
        assertThrows(IOException.class, () -> org.laudable.engine.saved.Saved.readFloats(in));
        BoundedInput wide = new BoundedInput(new java.io.ByteArrayInputStream(new byte[] {0, 0, 0, 0, 0x7f, -1, -1, -1}), 8);
        assertThrows(IOException.class, () -> org.laudable.engine.saved.Saved.readMatrix(wide));
    }

    @Test
    void parts_of_random_numbers_with_right_hashes_are_refused_too() throws Exception {
        Map<String, byte[]> good = entries(FoodsModel.get().write(folder.resolve("good.zip")));
        Random random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 60; i++) {
            String part = List.of("head.bin", "pool.bin", "vocabulary.bin").get(i % 3);
            byte[] changed = good.get(part).clone();
            for (int k = 0; k < 4; k++) {
                changed[i < 30 ? random.nextInt(48) : random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            Path file = folder.resolve("made-up.zip");
            Manifest manifest = BundleWriter.JSON.readValue(good.get("manifest.json"), Manifest.class);
            try (BundleWriter writer = new BundleWriter(Files.newOutputStream(file))) {
                for (Manifest.Part one : manifest.parts()) {
                    byte[] bytes = one.name().equals(part) ? changed : good.get(one.name());
                    writer.part(one.name(), one.holds(), out -> out.write(bytes));
                }
                writer.finish(manifest);
            }
            try (BundleFile open = BundleFile.open(file)) {
                TextModelFile.scorer(open).predict(FoodsModel.get().heldOut.subList(0, 3), java.util.Arrays.copyOf(FoodsModel.get().heldOutVectors, 3));
            } catch (UnusableBundle e) {
                refused++;
            }
        }
        assertTrue(refused > 10, "only " + refused + " were refused");
    }

    @Test
    void what_is_no_model_or_newer_than_this_laudable_says_so() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no zip at all");
        assertTrue(assertThrows(UnusableBundle.class, () -> BundleFile.open(text)).getMessage().contains("no model"));
        Map<String, byte[]> other = new LinkedHashMap<>(Map.of("hello.txt", new byte[3]));
        assertTrue(refusal(other).contains("no model"));
        Map<String, byte[]> newer = small();
        newer.put("manifest.json", new String(newer.get("manifest.json"), StandardCharsets.UTF_8).replace("\"formatVersion\" : 1", "\"formatVersion\" : 2").getBytes(StandardCharsets.UTF_8));
        assertTrue(refusal(newer).contains("format 2"), refusal(newer));
        for (String instead : List.of("\"project\" : null", "\"project\" : \" \"", "\"project\" : \"a\\u0000b\"", "\"project\" : \"" + "a".repeat(501) + "\"")) {
            Map<String, byte[]> nameless = small();
            nameless.put("manifest.json", new String(nameless.get("manifest.json"), StandardCharsets.UTF_8).replace("\"project\" : \"Foods\"", instead).getBytes(StandardCharsets.UTF_8));
            assertTrue(refusal(nameless).contains("where the model comes from"), instead);
        }
        assertEquals(List.of("part.bin"), openable());
    }

    private List<String> openable() throws Exception {
        Path file = folder.resolve("small.zip");
        try (BundleWriter writer = new BundleWriter(Files.newOutputStream(file))) {
            writer.part("part.bin", "something", out -> new DataOutputStream(out).writeInt(1));
            writer.finish(empty());
        }
        try (BundleFile open = BundleFile.open(file)) {
            return open.names();
        }
    }

    private Map<String, byte[]> small() throws Exception {
        openable();
        return entries(folder.resolve("small.zip"));
    }

    private static Manifest empty() {
        return new Manifest(Manifest.FORMAT, Manifest.VERSION, "TEXT", "Foods", "1-5", null, "embedded-head 1", null, null, List.of());
    }

    private static String manifest(long bytes) throws IOException {
        Manifest e = empty();
        return BundleWriter.JSON.writeValueAsString(new Manifest(e.format(), 1, "TEXT", "Foods", "1-5", null, "x", null, null,
                List.of(new Manifest.Part("part.bin", bytes, "00", "something"))));
    }

    private static Map<String, byte[]> entries(Path file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }

    private String refusal(Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve("refused-" + HexFormat.of().toHexDigits(entries.hashCode()) + ".zip");
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getKey().endsWith("/") ? new byte[0] : entry.getValue());
                zip.closeEntry();
            }
        }
        return assertThrows(UnusableBundle.class, () -> BundleFile.open(file).close()).getMessage();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
