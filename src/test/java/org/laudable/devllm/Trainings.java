package org.laudable.devllm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Files, fine-tuning jobs and batches of the double, as OpenAI's API reference (files, fine-tuning, batch; read through
 * openai-java 4.6.1) describes them. A job goes on one state each time it is looked at; a file with fewer than ten lines,
 * or one that is no JSONL of conversations, fails as it does there.
 */
final class Trainings {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] STATES = {"validating_files", "queued", "running", "succeeded"};
    private static final int FEWEST_EXAMPLES = 10;

    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, ObjectNode> jobs = new LinkedHashMap<>();
    private final Map<String, ObjectNode> batches = new LinkedHashMap<>();
    private volatile boolean stalls;
    private volatile boolean fails;

    /** Jobs stay in 'running' until cancelled. */
    void stall(boolean on) {
        stalls = on;
    }

    /** Jobs find fault with their file. */
    void fail(boolean on) {
        fails = on;
    }

    /** Jobs there are, as the API shows them. */
    synchronized Map<String, ObjectNode> jobs() {
        return Map.copyOf(jobs);
    }

    /** From the body of a multipart form. */
    synchronized ObjectNode upload(String form) {
        int name = form.indexOf("name=\"file\"");
        int begin = form.indexOf("\r\n\r\n", name) + 4;
        int end = form.indexOf("\r\n--", begin);
        return keep(name < 0 || end < 0 ? "" : form.substring(begin, end));
    }

    private ObjectNode keep(String content) {
        String id = "file-" + (files.size() + 1);
        files.put(id, content);
        return JSON.createObjectNode().put("id", id).put("object", "file").put("bytes", content.length()).put("created_at", 1_700_000_000)
                .put("filename", "laudable.jsonl").put("purpose", "fine-tune").put("status", "processed");
    }

    synchronized Optional<String> file(String id) {
        return Optional.ofNullable(files.get(id));
    }

    synchronized ObjectNode create(JsonNode request) {
        String id = "ftjob-" + (jobs.size() + 1);
        ObjectNode job = JSON.createObjectNode().put("id", id).put("object", "fine_tuning.job").put("created_at", 1_700_000_000)
                .put("model", request.path("model").asText()).put("organization_id", "org-laudable").put("status", STATES[0])
                .put("training_file", request.path("training_file").asText()).put("seed", 1);
        for (String empty : new String[] {"error", "fine_tuned_model", "finished_at", "trained_tokens", "validation_file", "estimated_finish"}) {
            job.putNull(empty);
        }
        job.putObject("hyperparameters").put("n_epochs", request.at("/hyperparameters/n_epochs").asInt(3));
        job.putArray("result_files");
        job.set("metadata", request.path("metadata"));
        jobs.put(id, job);
        return job.deepCopy();
    }

    synchronized ObjectNode list() {
        ObjectNode list = JSON.createObjectNode().put("object", "list").put("has_more", false);
        ArrayNode data = list.putArray("data");
        jobs.values().forEach(job -> data.add(job.deepCopy()));
        return list;
    }

    synchronized Optional<ObjectNode> look(String id) {
        ObjectNode job = jobs.get(id);
        if (job == null) {
            return Optional.empty();
        }
        int at = java.util.Arrays.asList(STATES).indexOf(job.path("status").asText());
        if (at >= 0 && at < STATES.length - 1 && !(stalls && at == 2)) {
            advance(job, STATES[at + 1]);
        }
        return Optional.of(job.deepCopy());
    }

    private void advance(ObjectNode job, String state) {
        String content = files.getOrDefault(job.path("training_file").asText(), "");
        if (state.equals("queued") && (fails || !valid(content))) {
            job.put("status", "failed").put("finished_at", 1_700_000_100);
            job.putObject("error").put("code", "invalid_training_file").put("message",
                    "Training file has too few examples or is malformed; at least " + FEWEST_EXAMPLES + " are needed").put("param", "training_file");
            return;
        }
        job.put("status", state);
        if (state.equals("succeeded")) {
            job.put("fine_tuned_model", "ft:" + job.path("model").asText() + ":laudable::" + job.path("id").asText()).put("finished_at", 1_700_000_200)
                    .put("trained_tokens", (long) Pieces.count(content) * job.at("/hyperparameters/n_epochs").asInt());
        }
    }

    private static boolean valid(String content) {
        try {
            int lines = 0;
            for (String line : content.lines().filter(it -> !it.isBlank()).toList()) {
                if (!JSON.readTree(line).path("messages").isArray()) {
                    return false;
                }
                lines++;
            }
            return lines >= FEWEST_EXAMPLES;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return false;
        }
    }

    synchronized Optional<ObjectNode> cancel(String id) {
        ObjectNode job = jobs.get(id);
        if (job != null && !job.path("status").asText().equals("succeeded")) {
            job.put("status", "cancelled").put("finished_at", 1_700_000_150);
        }
        return Optional.ofNullable(job).map(ObjectNode::deepCopy);
    }

    /** @param answers gives the response's body to a request line's body */
    synchronized ObjectNode batch(JsonNode request, java.util.function.Function<JsonNode, ObjectNode> answers) {
        String id = "batch-" + (batches.size() + 1);
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (String line : files.getOrDefault(request.path("input_file_id").asText(), "").lines().filter(it -> !it.isBlank()).toList()) {
            try {
                JsonNode asked = JSON.readTree(line);
                ObjectNode answer = JSON.createObjectNode().put("id", id + "-" + done++).put("custom_id", asked.path("custom_id").asText());
                answer.putObject("response").put("status_code", 200).put("request_id", id + "-" + done).set("body", answers.apply(asked.path("body")));
                out.append(answer.putNull("error")).append('\n');
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                out.append("{\"error\":{\"code\":\"invalid_json\"}}\n");
            }
        }
        ObjectNode batch = JSON.createObjectNode().put("id", id).put("object", "batch").put("endpoint", request.path("endpoint").asText())
                .put("input_file_id", request.path("input_file_id").asText()).put("completion_window", "24h").put("status", "completed")
                .put("created_at", 1_700_000_000).put("output_file_id", keep(out.toString()).path("id").asText());
        batch.putObject("request_counts").put("total", done).put("completed", done).put("failed", 0);
        batches.put(id, batch);
        return batch.deepCopy();
    }

    synchronized Optional<ObjectNode> batch(String id) {
        return Optional.ofNullable(batches.get(id)).map(ObjectNode::deepCopy);
    }
}
