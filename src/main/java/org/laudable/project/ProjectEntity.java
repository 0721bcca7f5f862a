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
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;

/** A row of the project table; {@link Project} is what others see. */
@Entity
@Table(name = "project")
class ProjectEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Version
    int version;

    @Enumerated(EnumType.STRING)
    ProjectKind kind;

    String name;
    String description;

    @Enumerated(EnumType.STRING)
    ProjectState state;

    int overlap;

    @Column(name = "overlap_percent")
    int overlapPercent = 100;

    @Column(name = "most_annotators")
    int mostAnnotators = 1;

    @Column(name = "gold_percent")
    int goldPercent;

    @Column(name = "gold_onboarding")
    int goldOnboarding;

    @Column(name = "gold_pass_percent")
    int goldPassPercent = 80;

    @Enumerated(EnumType.STRING)
    Aggregation aggregation = Aggregation.MAJORITY;

    @Column(name = "lease_minutes")
    int leaseMinutes;

    @Column(name = "audit_size")
    int auditSize;

    @Column(name = "batch_size")
    int batchSize;

    @Column(name = "start_mode")
    String startMode;

    String strategy;

    /** {@link StoppingSettings} as JSON. */
    @ColumnTransformer(write = "?::jsonb")
    String stopping;

    /** {@link OracleSettings} as JSON. */
    @ColumnTransformer(write = "?::jsonb")
    String oracle = "{}";

    String currency;

    @Column(name = "cap_micros")
    Long capMicros;

    @Enumerated(EnumType.STRING)
    @Column(name = "rate_kind")
    RateKind rateKind;

    @Column(name = "rate_micros")
    long rateMicros;

    @Column(name = "max_task_seconds")
    int maxTaskSeconds;

    @Column(updatable = false)
    long seed;

    @Column(name = "created_by", updatable = false)
    Long createdBy;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;
}
