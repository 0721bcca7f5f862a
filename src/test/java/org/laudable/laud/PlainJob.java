package org.laudable.laud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.laudable.jobs.JobContext;

/** A job's context without a scheduler. */
record PlainJob(long run, Long projectId) implements JobContext {
    @Override
    public long id() {
        return 0;
    }

    @Override
    public JsonNode payload() {
        return JsonNodeFactory.instance.objectNode().put("run", run);
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public void progress(long done, long total, String message) {}

    @Override
    public boolean cancelled() {
        return false;
    }
}
