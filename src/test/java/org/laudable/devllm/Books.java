package org.laudable.devllm;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the double counted itself: each request it got, with its tokens. A ledger elsewhere has to agree with this. */
public final class Books {
    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    /**
     * @param requestId the client's X-Client-Request-Id, or empty
     * @param fault null: none
     * @param billed whether a real provider would charge for it
     * @param body the request as it came
     */
    public record Entry(String requestId, String model, Fault fault, boolean billed, int inputTokens, int cachedTokens,
            int outputTokens, String authorization, String body) {}

    void add(Entry entry) {
        entries.add(entry);
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    public List<Entry> billed() {
        return entries.stream().filter(Entry::billed).toList();
    }

    public void clear() {
        entries.clear();
    }
}
