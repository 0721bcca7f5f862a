package org.laudable.llm;

/** How a provider is spoken to. None of them has been tried against the real service from here: cards say so until a test call worked. */
public enum ProviderKind {
    OPENAI("https://api.openai.com/v1", true),
    /** vLLM, LM Studio, llama.cpp, Groq, Mistral, OpenRouter and others that speak OpenAI's chat completions. */
    OPENAI_COMPATIBLE("", false),
    /** The address ends with {@code /openai/deployments/NAME}; needs an api-version. */
    AZURE("", true),
    /** Through Anthropic's OpenAI-compatible endpoint. */
    ANTHROPIC("https://api.anthropic.com/v1", true),
    GEMINI("https://generativelanguage.googleapis.com/v1beta", true),
    OLLAMA("http://127.0.0.1:11434", false);

    private final String usualUrl;
    private final boolean needsKey;

    ProviderKind(String usualUrl, boolean needsKey) {
        this.usualUrl = usualUrl;
        this.needsKey = needsKey;
    }

    /** Where it usually is; empty if there is no usual place. */
    public String usualUrl() {
        return usualUrl;
    }

    public boolean needsKey() {
        return needsKey;
    }
}
