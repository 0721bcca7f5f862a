package org.laudable.model.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.laudable.engine.saved.BoundedInput;

/**
 * A model file that was checked when it was opened: it holds what its manifest lists and nothing else, no part is larger
 * than it says, and every hash is right. Nothing is ever unpacked to disk, and there are no Java objects inside.
 */
public final class BundleFile implements AutoCloseable {
    /** A packed file. */
    public static final long MOST_PACKED_BYTES = 512L << 20;
    /** All parts together, unpacked: read, they take their size in memory, some twice. */
    static final long MOST_BYTES = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);
    static final int MOST_PARTS = 2_000;
    static final String MANIFEST = "manifest.json";

    private static final int MOST_MANIFEST_BYTES = 4 << 20;
    private static final int LONGEST_NAME = 500;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,80}(/[A-Za-z0-9][A-Za-z0-9._-]{0,80})?");
    private static final String NO_MODEL = "This file is no model of Laudable. Choose one that was saved with 'Download model'.";

    private final ZipFile zip;
    private final Manifest manifest;
    private final Map<String, Manifest.Part> parts;

    private BundleFile(ZipFile zip, Manifest manifest) {
        this.zip = zip;
        this.manifest = manifest;
        this.parts = new HashMap<>();
        manifest.parts().forEach(part -> parts.put(part.name(), part));
    }

    /**
     * Opens a file and checks all of it.
     *
     * @throws UnusableBundle if it is not a model file, is newer than this Laudable, or was changed since it was made
     */
    public static BundleFile open(Path file) throws IOException, UnusableBundle {
        if (Files.size(file) > MOST_PACKED_BYTES) {
            throw new UnusableBundle("The file has more than %d MB, too many for a model.".formatted(MOST_PACKED_BYTES >> 20));
        }
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException | IllegalArgumentException e) {
            throw new UnusableBundle(NO_MODEL, e);
        }
        try {
            BundleFile bundle = new BundleFile(zip, manifest(zip));
            bundle.check();
            return bundle;
        } catch (ZipException e) {
            zip.close();
            throw new UnusableBundle("The model file is damaged and cannot be unpacked. Download it once more.", e);
        } catch (IOException | UnusableBundle | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static Manifest manifest(ZipFile zip) throws IOException, UnusableBundle {
        ZipEntry entry = zip.getEntry(MANIFEST);
        if (entry == null) {
            throw new UnusableBundle(NO_MODEL);
        }
        byte[] text;
        try (InputStream in = zip.getInputStream(entry)) {
            text = in.readNBytes(MOST_MANIFEST_BYTES + 1);
        }
        if (text.length > MOST_MANIFEST_BYTES) {
            throw new UnusableBundle("The file's manifest is larger than any model's.");
        }
        Manifest manifest;
        try {
            manifest = BundleWriter.JSON.readValue(text, Manifest.class);
        } catch (JsonProcessingException e) {
            throw new UnusableBundle("The file's manifest cannot be read.", e);
        }
        if (manifest == null || !Manifest.FORMAT.equals(manifest.format())) {
            throw new UnusableBundle(NO_MODEL);
        }
        if (manifest.formatVersion() > Manifest.VERSION || manifest.formatVersion() < 1) {
            throw new UnusableBundle("The model has format %d; this Laudable reads formats up to %d. Use a newer Laudable.".formatted(manifest.formatVersion(), Manifest.VERSION));
        }
        if (!named(manifest.project()) || !named(manifest.version()) || !named(manifest.kind()) || new String(text, StandardCharsets.UTF_8).contains("\\u0000")) {
            throw new UnusableBundle("The file's manifest does not say where the model comes from, or says it in characters no text has.");
        }
        if (manifest.parts() == null || manifest.parts().size() > MOST_PARTS || manifest.parts().stream().anyMatch(java.util.Objects::isNull)) {
            throw new UnusableBundle("The file's manifest lists no parts, or more than %,d.".formatted(MOST_PARTS));
        }
        return manifest;
    }

    private static boolean named(String text) {
        return text != null && !text.isBlank() && text.length() <= LONGEST_NAME;
    }

    private void check() throws IOException, UnusableBundle {
        Set<String> there = new HashSet<>();
        for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
            if (!harmless(entry.getName()) || entry.isDirectory()) {
                throw new UnusableBundle("The file holds a part with the name '%s', which no model has. It is not opened.".formatted(shown(entry.getName())));
            }
            if (!there.add(entry.getName()) || !entry.getName().equals(MANIFEST) && !parts.containsKey(entry.getName()) || there.size() > MOST_PARTS + 1) {
                throw new UnusableBundle("The file holds the part '%s' twice, or without listing it. It is not opened.".formatted(shown(entry.getName())));
            }
        }
        long all = 0;
        for (Manifest.Part part : manifest.parts()) {
            all += Math.max(0, part.bytes());
            if (part.bytes() < 0 || part.bytes() > MOST_BYTES || all > MOST_BYTES) {
                throw new UnusableBundle("The model would unpack to more than %d MB, too many for the memory of this Laudable. It is not opened.".formatted(MOST_BYTES >> 20));
            }
        }
        for (Manifest.Part part : manifest.parts()) {
            checkHash(part);
        }
    }

    /** Reads one byte more than a part may have, and no further: what unpacks to more is no part. */
    private void checkHash(Manifest.Part part) throws IOException, UnusableBundle {
        ZipEntry entry = part.name() == null ? null : zip.getEntry(part.name());
        if (entry == null) {
            throw new UnusableBundle("The part '%s' of the model is missing.".formatted(shown(String.valueOf(part.name()))));
        }
        MessageDigest digest = BundleWriter.sha256();
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = zip.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0 && bytes <= part.bytes(); read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                bytes += read;
            }
        }
        if (bytes != part.bytes() || !HexFormat.of().formatHex(digest.digest()).equals(part.sha256())) {
            throw new UnusableBundle("The part '%s' of the model is not as it was written: its size or its SHA-256 differs. Download the model once more.".formatted(part.name()));
        }
    }

    static boolean harmless(String name) {
        return NAME.matcher(name).matches() && !name.contains("..");
    }

    private static String shown(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 80 ? plain : plain.substring(0, 80) + "…";
    }

    public Manifest manifest() {
        return manifest;
    }

    /** Whether it has such a part. */
    public boolean has(String part) {
        return parts.containsKey(part);
    }

    /** A part as numbers of known size. @throws UnusableBundle if there is no such part */
    public BoundedInput data(String part) throws IOException, UnusableBundle {
        Manifest.Part known = part == null ? null : parts.get(part);
        if (known == null) {
            throw new UnusableBundle("The part '%s' of the model is missing.".formatted(part));
        }
        return new BoundedInput(zip.getInputStream(zip.getEntry(part)), known.bytes());
    }

    /** A small part as text. */
    public Optional<String> text(String part) throws IOException {
        if (!has(part)) {
            return Optional.empty();
        }
        try (InputStream in = zip.getInputStream(zip.getEntry(part))) {
            return Optional.of(new String(in.readNBytes(MOST_MANIFEST_BYTES), StandardCharsets.UTF_8));
        }
    }

    /** Names of all parts, as listed. */
    public List<String> names() {
        return manifest.parts().stream().map(Manifest.Part::name).toList();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
