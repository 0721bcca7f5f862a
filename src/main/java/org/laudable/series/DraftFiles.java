package org.laudable.series;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.dataset.Uploads;

/** The files of a project's draft, one change at a time: several arrive at once when they are dropped together. */
@ApplicationScoped
class DraftFiles {
    private final SeriesImportRepository imports;

    DraftFiles(SeriesImportRepository imports) {
        this.imports = imports;
    }

    @Transactional
    SeriesImport add(long projectId, String name, Uploads.Stored file, int most, long person) {
        imports.lock(projectId);
        SeriesImport draft = imports.draft(projectId)
                .orElseGet(() -> imports.find(imports.insertDraft(projectId, "UTC", person)).orElseThrow());
        if (draft.files().size() >= most) {
            throw new Refused("At most 500 files can be dropped at once. Put them into a zip file.");
        }
        List<ImportFile> files = new ArrayList<>(draft.files());
        int id = files.stream().mapToInt(ImportFile::id).max().orElse(0) + 1;
        files.add(new ImportFile(id, name, file.name(), file.bytes()));
        imports.files(draft.id(), files);
        return imports.find(draft.id()).orElseThrow();
    }

    /** Returns the file that went. */
    @Transactional
    Optional<ImportFile> remove(SeriesImport draft, int fileId) {
        imports.lock(draft.projectId());
        List<ImportFile> files = new ArrayList<>(imports.find(draft.id()).map(SeriesImport::files).orElse(List.of()));
        Optional<ImportFile> leaving = files.stream().filter(file -> file.id() == fileId).findFirst();
        if (leaving.isPresent()) {
            files.remove(leaving.get());
            if (files.isEmpty()) {
                imports.deleteDraft(draft.id());
            } else {
                imports.files(draft.id(), files);
            }
        }
        return leaving;
    }
}
