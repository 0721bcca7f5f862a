package org.laudable.project;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** A row of the label_class table; {@link LabelClass} is what others see. */
@Entity
@Table(name = "label_class")
class LabelClassEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Version
    int version;

    @Column(name = "project_id", updatable = false)
    long projectId;

    int ordinal;
    String name;
    String description;
    boolean retired;

    @Enumerated(EnumType.STRING)
    Meaning meaning;

    LabelClass toRecord() {
        return new LabelClass(id, ordinal, name, description, retired, meaning);
    }
}
