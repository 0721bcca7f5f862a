package org.laudable.llm;

import org.laudable.devllm.Books;

/** What the double's own count costs by the fixture's prices. */
final class LlmFixtureCosts {
    private LlmFixtureCosts() {}

    static long of(Books.Entry entry) {
        return LlmFixture.PRICES.cost(new Usage(entry.inputTokens(), entry.cachedTokens(), entry.outputTokens()));
    }
}
