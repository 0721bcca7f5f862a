package org.laudable.llm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Which words models are asked with. For background work; checks no access. */
@ApplicationScoped
public class PromptVersions {
    private final Prompts prompts;

    PromptVersions(Prompts prompts) {
        this.prompts = prompts;
    }

    /** The built-in version for classifying texts that holds where a project has chosen none. */
    @Transactional
    public long newestBuiltIn() {
        return prompts.builtIn("classify").id();
    }
}
