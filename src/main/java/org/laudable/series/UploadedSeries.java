package org.laudable.series;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.laudable.Refused;
import org.laudable.dataset.Uploads;
import org.laudable.engine.series.file.SourceEntry;

/** Uploaded files as entries that readers can open; an archive is its files. */
@ApplicationScoped
class UploadedSeries {
    private static final int MOST_ENTRIES = 10_000;

    private final Uploads uploads;

    UploadedSeries(Uploads uploads) {
        this.uploads = uploads;
    }

    /**
     * @param read told how many bytes of the stored files were read, as they are
     * @throws Refused if an archive cannot be opened or has too many files
     */
    List<SourceEntry> entries(List<ImportFile> files, LongConsumer read) throws IOException {
        List<SourceEntry> entries = new ArrayList<>();
        for (ImportFile file : files) {
            if (file.name().toLowerCase(Locale.ROOT).endsWith(".zip")) {
                archive(file, entries, read);
            } else {
                entries.add(new SourceEntry(Integer.toString(file.id()), file.name(), () -> new Counted(uploads.open(file.storedAs()), 1, read),
                        Optional.of(uploads.path(file.storedAs()))));
            }
        }
        return entries;
    }

    private void archive(ImportFile file, List<SourceEntry> entries, LongConsumer read) throws IOException {
        try (ZipFile zip = new ZipFile(uploads.path(file.storedAs()).toFile())) {
            Enumeration<? extends ZipEntry> inside = zip.entries();
            while (inside.hasMoreElements()) {
                ZipEntry entry = inside.nextElement();
                if (!entry.isDirectory()) {
                    if (entries.size() >= MOST_ENTRIES) {
                        throw new Refused("The archive '%s' has more than 10,000 files. Split it.".formatted(file.name()));
                    }
                    String name = entry.getName();
                    double packed = entry.getSize() > 0 ? Math.max(0, entry.getCompressedSize()) / (double) entry.getSize() : 1;
                    entries.add(new SourceEntry(file.id() + "!" + name, name.replace('\\', '/'), () -> open(file, name, packed, read)));
                }
            }
        } catch (ZipException e) {
            throw new Refused("The archive '%s' is damaged or not a zip file. Upload it again.".formatted(file.name()));
        }
    }

    private InputStream open(ImportFile file, String name, double packed, LongConsumer read) throws IOException {
        ZipFile zip = new ZipFile(uploads.path(file.storedAs()).toFile());
        try {
            return new Counted(zip.getInputStream(zip.getEntry(name)), packed, read) {
                @Override
                public void close() throws IOException {
                    try (zip) {
                        super.close();
                    }
                }
            };
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /** Says how much was read, for the progress. */
    private static class Counted extends FilterInputStream {
        private final double share;
        private final LongConsumer told;

        Counted(InputStream in, double share, LongConsumer told) {
            super(in);
            this.share = share;
            this.told = told;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            if (count > 0) {
                told.accept(Math.round(count * share));
            }
            return count;
        }
    }
}
