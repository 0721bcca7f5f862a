package org.laudable.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.laudable.access.AccessMatrix.Needs;
import org.laudable.testing.Sample;

/** One row of everything a call can name by an id, in the actors' project. */
final class SampleProject {
    private final Map<String, Long> ids = new HashMap<>();

    SampleProject(Sample sample, Actors actors) {
        long project = actors.project();
        long annotator = actors.user(Needs.ANNOTATOR).orElseThrow().id();
        long item = sample.items(project, List.of("an apple")).getFirst();
        List<Long> classes = sample.classIds(project);
        long task = sample.insert("insert into task (project_id, item_id, purpose, priority, reason) values (?, ?, 'TRAIN', 1, '') returning id", project, item);
        sample.insert("""
                insert into lease (task_id, project_id, account_id, until, deck) values (?, ?, ?, now() + interval '1 hour', gen_random_uuid())
                returning id""", task, project, annotator);
        long series = sample.insert("""
                insert into series (project_id, name, points, step_seconds, starts_at, ends_at) values (?, 'pump', 10, 60, now(), now())
                returning id""", project);
        put(project, "projectId", "project");
        put(item, "itemId", "item");
        put(task, "taskId", "task");
        put(series, "seriesId", "series");
        put(annotator, "accountId", "account", "person");
        put(classes.get(0), "classId", "first", "fromClassId", "from", "into");
        put(classes.get(1), "intoClassId", "second");
        put(sample.insert("insert into series_event (project_id, from_at, to_at, explains) values (?, now(), now(), 'x') returning id", project), "eventId");
        put(sample.insert("""
                insert into data_import (project_id, file_name, stored_as, bytes, format, mapping, state)
                values (?, 'a.csv', 'none', 1, '{}', '[]', 'DRAFT') returning id""", project), "importId");
        put(sample.insert("insert into series_import (project_id, state) values (?, 'DRAFT') returning id", project), "seriesImportId");
        put(sample.insert("""
                insert into run (project_id, state, settings) values (?, 'STOPPED', '{"stopping": {"budget": true, "stable": true}}') returning id""",
                project), "runId");
        put(sample.insert("""
                insert into bulk_action (project_id, kind, filter, found, newest_item, state) values (?, 'CLEAR', '{}', 1, 1, 'DONE') returning id""", project),
                "actionId");
        put(sample.insert("""
                insert into export_file (project_id, format, labeled_only, stored_as, file_name)
                values (?, 'CSV', true, gen_random_uuid(), 'a.csv') returning id""", project), "exportId");
        put(sample.insert("""
                insert into api_token (account_id, name, start, hash, actions, session_epoch, created_at, expires_at)
                values (?, 'x', 'lau_', sha256(gen_random_uuid()::text::bytea), '{}', 0, now(), now() + interval '1 day') returning id""", annotator), "tokenId");
        put(sample.insert("""
                insert into llm_provider (name, kind, base_url, currency) values ('p' || gen_random_uuid(), 'OPENAI', 'https://models.example', 'USD')
                returning id"""), "providerId");
        long webhook = sample.insert("insert into webhook (project_id, name, url, events) values (?, 'x', 'http://127.0.0.1:9/hook', '{run.stopped}') returning id", project);
        put(webhook, "webhookId");
        put(sample.insert("""
                insert into webhook_delivery (webhook_id, sequence, event, facts, body, state, created_at, give_up_at)
                values (?, 1, 'ping', 1, '{}', 'GIVEN_UP', now(), now()) returning id""", webhook), "deliveryId");
        sample.execute("""
                insert into model_bundle (project_id, origin, version, bytes, sha256, card) values (?, 'OWN', 'sample', 0, '00', ?::jsonb)""", project, """
                {"project": "a", "kind": "TEXT", "version": "1-0", "madeAt": "2026-01-01T10:00:00Z", "engine": "e", "seed": 7, "measures": [], "classes": [],
                 "limits": [], "parameters": {}, "data": {"items": 1, "labels": 0, "labelsSha256": "00", "sources": {}}}""");
        long start = sample.insert("""
                insert into model_bundle (project_id, origin, version, bytes, sha256, manifest) values (?, 'START', '1-0', 0, '00', '{"project": "b"}') returning id""", project);
        sample.execute("""
                insert into model_start (project_id, bundle_id, report) values (?, ?, '{"matched": [], "onlyHere": [], "onlyThere": [], "notes": []}')""", project, start);
        put(sample.insert("""
                insert into snapshot (project_id, name, state, classes, hash, taken_at) values (?, 'x', 'READY', '[]', '', now()) returning id""", project), "snapshotId");
        put(sample.insert("""
                insert into live_anomaly (series_id, project_id, version, from_at, to_at, peak_at, probability, points, channel, signal, open)
                values (?, ?, '1-0', now(), now(), now(), .9, 1, 'flow', 'VAE', false) returning id""", series, project), "anomalyId");
        put(sample.insert("insert into job (kind, project_id, state) values ('none', ?, 'DONE') returning id", project), "jobId");
    }

    private void put(long id, String... names) {
        List.of(names).forEach(name -> ids.put(name, id));
    }

    Map<String, Long> ids() {
        return ids;
    }
}
