package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;
import org.laudable.dataset.EmbeddingStore;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobHandler;
import org.laudable.live.ProjectEvents;
import org.laudable.loop.RunWatch;

/**
 * Embeds a run's texts in random order, in chunks that commit as they go: whatever ends it, the next try goes on where
 * vectors are missing. Vectors that another project has already are not computed again.
 */
@ApplicationScoped
class EmbedJob implements JobHandler {
    static final String KIND = "laud.embed";
    private static final int PAGE = 2_000;
    private static final int CHUNK = 200;

    private final Sql sql;
    private final RunRepository runs;
    private final EmbeddingStore embeddings;
    private final SentenceEncoder encoder;
    private final AuditSample audit;
    private final RunWatch watch;
    private final ProjectEvents events;

    EmbedJob(Sql sql, RunRepository runs, EmbeddingStore embeddings, SentenceEncoder encoder, AuditSample audit, RunWatch watch,
            ProjectEvents events) {
        this.sql = sql;
        this.runs = runs;
        this.embeddings = embeddings;
        this.encoder = encoder;
        this.audit = audit;
        this.watch = watch;
        this.events = events;
    }

    private record Text(int shuffle, long id, String body, byte[] fingerprint, boolean embedded) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobContext job) {
        long runId = job.payload().path("run").asLong();
        try {
            Optional<RunRow> run = runs.find(runId);
            while (run.filter(r -> r.state().active() && runs.embeddingDue(r)).isPresent() && !job.cancelled()) {
                pass(run.get(), job);
                run = runs.find(runId);
            }
        } catch (RuntimeException e) {
            if (job.attempt() >= maxAttempts()) {
                watch.fail(runId, e);
            }
            throw e;
        }
    }

    /** Once over all items there are; those that come in meanwhile need another pass. */
    private void pass(RunRow run, JobContext job) {
        Instant begun = runs.now();
        long total = sql.number("select count(*) from item where project_id = ?", run.projectId());
        long done = sql.number("""
                select count(*) from item i join embedding e on e.model = ? and e.fingerprint = i.fingerprint where i.project_id = ?""",
                encoder.modelId(), run.projectId());
        progress(run, job, done, total);
        int shuffle = Integer.MIN_VALUE;
        long id = 0;
        while (true) {
            List<Text> page = page(run.projectId(), shuffle, id);
            if (page.isEmpty()) {
                runs.embedding(run.id(), done, total);
                runs.embeddingComplete(run.id(), begun);
                audit.extend(run.projectId(), run.settings().auditSize());
                watch.wake(run.projectId());
                events.publish(run.projectId(), ProjectEvents.Kind.RUN);
                return;
            }
            List<Text> missing = page.stream().filter(text -> !text.embedded()).toList();
            for (int from = 0; from < missing.size(); from += CHUNK) {
                if (job.cancelled() || !runs.find(run.id()).map(r -> r.state().active()).orElse(false)) {
                    return;
                }
                List<Text> chunk = missing.subList(from, Math.min(missing.size(), from + CHUNK));
                embed(chunk);
                done = Math.min(total, done + chunk.size());
                progress(run, job, done, total);
            }
            shuffle = page.getLast().shuffle();
            id = page.getLast().id();
        }
    }

    private void progress(RunRow run, JobContext job, long done, long total) {
        runs.embedding(run.id(), done, total);
        job.progress(done, total, "");
        watch.wake(run.projectId());
        events.publish(run.projectId(), ProjectEvents.Kind.RUN);
    }

    private void embed(List<Text> texts) {
        List<float[]> vectors = new ArrayList<>(List.of(encoder.encodeAll(texts.stream().map(Text::body).toList())));
        embeddings.save(encoder.modelId(), texts.stream().map(Text::fingerprint).toList(), vectors);
    }

    @Transactional
    List<Text> page(long projectId, int shuffle, long id) {
        return sql.list("""
                select i.shuffle, i.id, case when e.fingerprint is null then i.body end, i.fingerprint, e.fingerprint is not null
                from item i left join embedding e on e.model = ? and e.fingerprint = i.fingerprint
                where i.project_id = ? and (i.shuffle, i.id) > (?, ?) order by i.shuffle, i.id limit ?""",
                row -> new Text(row.getInt(1), row.getLong(2), row.getString(3), row.getBytes(4), row.getBoolean(5)),
                encoder.modelId(), projectId, shuffle, id, PAGE);
    }
}
