package org.laudable.access;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A body that each writing route takes, so that what is answered is the check of rights and not the check of the body. */
final class RouteBodies {
    private static final String UUID = "6f1c2b1e-4d2a-4c7b-9a63-0a2b7d1f5e11";
    private static final String ANSWER = """
            {"clientId": "%s", "taskId": {taskId}, "kind": "LABEL", "classId": {classId}, "activeMillis": 900, "answeredAt": "2026-01-01T10:00:00Z"}"""
            .formatted(UUID);
    private static final String PROVIDER = """
            {"name": "Models {taskId}", "kind": "OPENAI", "baseUrl": "https://models.example/v1", "currency": "USD", "concurrency": 2, "timeoutSeconds": 30}""";
    private static final String WEBHOOK = """
            {"name": "Ours", "url": "http://127.0.0.1:9/hook", "events": ["RUN_STOPPED"], "withTexts": false}""";
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("POST /api/v1/projects", """
                    {"kind": "TEXT", "name": "Made by a program"}"""),
            Map.entry("PATCH /api/v1/projects/{projectId}", """
                    {"description": "Changed"}"""),
            Map.entry("POST /api/v1/projects/{projectId}/annotations", """
                    {"itemId": {itemId}, "kind": "LABEL", "classId": {classId}}"""),
            Map.entry("PUT /api/v1/projects/{projectId}/budget", """
                    {"currency": "EUR", "capMicros": 5000000, "rateKind": "PER_LABEL", "rateMicros": 100000, "maxTaskSeconds": 60}"""),
            Map.entry("POST /api/v1/projects/{projectId}/exports", """
                    {"format": "csv", "labeledOnly": false}"""),
            Map.entry("POST /api/v1/projects/{projectId}/items", """
                    {"text": "A new text"}"""),
            Map.entry("POST /api/v1/projects/{projectId}/imports", "text\na new text\nanother new text\n"),
            Map.entry("POST /api/v1/projects/{projectId}/predict", """
                    {"texts": ["a pear"]}"""),
            Map.entry("POST /api/v1/projects/{projectId}/series", "{\"name\": \"Pump 2\", \"channels\": [{\"name\": \"flow\"}], \"points\": ["
                    + IntStream.range(0, 60).mapToObj("{\"at\": \"2026-01-01T10:%02d:00Z\", \"values\": [1.0]}"::formatted).collect(Collectors.joining(", ")) + "]}"),
            Map.entry("POST /api/v1/projects/{projectId}/series/{seriesId}/points", """
                    {"points": [{"at": "2030-01-01T10:00:00Z", "values": [1.0]}]}"""),
            Map.entry("POST /api/v1/projects/{projectId}/series/{seriesId}/live", """
                    {"points": [{"at": "2030-01-01T10:00:00Z", "values": [1.0]}]}"""),
            Map.entry("PUT /api/v1/projects/{projectId}/live/anomalies/{anomalyId}/verdict", """
                    {"meaning": "ANOMALY"}"""),
            Map.entry("PUT /api/v1/projects/{projectId}/live/model", """
                    {"version": "1-0"}"""),
            Map.entry("PUT /api/v1/projects/{projectId}/start-model", "no zip"),
            Map.entry("POST /api/v1/projects/{projectId}/suggestions", """
                    {"source": "ours", "suggestions": [{"itemId": {itemId}, "label": "a", "confidence": 0.9}]}"""),
            Map.entry("POST /api/v1/projects/{projectId}/snapshots", """
                    {"name": "First"}"""),
            Map.entry("POST /api/v1/projects/{projectId}/webhooks", WEBHOOK),
            Map.entry("PUT /api/v1/projects/{projectId}/webhooks/{webhookId}", WEBHOOK),
            Map.entry("POST /api/v1/providers", PROVIDER),
            Map.entry("PUT /api/v1/providers/{providerId}", PROVIDER),
            Map.entry("POST /api/v1/providers/{providerId}/models", """
                    {"name": "small-{taskId}", "inputMicros": 1, "cachedInputMicros": 1, "outputMicros": 1, "contextTokens": 8000, "maxOutputTokens": 200, "jsonSchema": true, "logprobs": false}"""),
            Map.entry("POST /api/v1/series/{id}/events", """
                    {"from": 1767261600, "to": 1767265200, "weekly": false, "explains": "A holiday", "everywhere": false}"""),
            Map.entry("POST /api/v1/tasks/lease", """
                    {"projectId": {projectId}, "deck": "%s", "count": 1, "ahead": 0, "shown": []}""".formatted(UUID)),
            Map.entry("POST /api/v1/tasks/renew", """
                    {"projectId": {projectId}, "tasks": [{taskId}]}"""),
            Map.entry("POST /api/v1/tasks/return", """
                    {"tasks": [{taskId}]}"""),
            Map.entry("POST /api/v1/tasks/answer", ANSWER),
            Map.entry("POST /api/v1/tasks/answers", "{\"answers\": [" + ANSWER + "]}"),
            Map.entry("POST /api/v1/tasks/undo", """
                    {"clientId": "%s", "taskId": {taskId}, "deck": "%s"}""".formatted(UUID, UUID)),
            Map.entry("POST /api/v1/tasks/similar", """
                    {"taskId": {taskId}, "deck": "%s", "count": 3}""".formatted(UUID)),
            Map.entry("POST " + org.laudable.security.SsoDoor.PATH + "/backchannel", "logout_token=none"));
    private static final Map<String, String> QUERIES = Map.of("GET /api/v1/tasks/progress", "?projectId={projectId}");

    private RouteBodies() {}

    /** Empty where the route takes none. */
    static String of(String route, Map<String, Long> ids) {
        return filled(BODIES.getOrDefault(route, ""), ids);
    }

    static String query(String route, Map<String, Long> ids) {
        return filled(QUERIES.getOrDefault(route, ""), ids);
    }

    static String type(String route) {
        return route.equals("POST /api/v1/projects/{projectId}/items") ? "application/x-ndjson"
                : route.endsWith("/start-model") ? "application/zip"
                : route.equals("POST /api/v1/projects/{projectId}/imports") ? "application/octet-stream"
                : route.endsWith("/backchannel") ? "application/x-www-form-urlencoded" : "application/json";
    }

    private static String filled(String template, Map<String, Long> ids) {
        String filled = template;
        for (Map.Entry<String, Long> id : ids.entrySet()) {
            filled = filled.replace("{" + id.getKey() + "}", id.getValue().toString());
        }
        return filled;
    }
}
