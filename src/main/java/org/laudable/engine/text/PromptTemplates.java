package org.laudable.engine.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The sentences from which a class's label vector is made (ENGINES §1.3b, step 1): the bare name, name and
 * description, 'This text is about …', and one sentence of the project's domain. One setting for all data; only the
 * domain is the project's own.
 *
 * @param domain how a text of this project is introduced, such as "a bank customer's question about"; or empty
 */
public record PromptTemplates(String domain) {

    /** Templates for a project that says nothing about its domain. */
    public static PromptTemplates generic() {
        return new PromptTemplates("");
    }

    /** The prompts of one class, without repetition; at least two. */
    public List<String> prompts(TextClass c) {
        List<String> prompts = new ArrayList<>();
        String words = c.words();
        prompts.add(words);
        if (!c.description().isBlank()) {
            prompts.add(words + ": " + c.description().strip());
        }
        prompts.add("This text is about " + words + ".");
        if (!domain.isBlank()) {
            prompts.add("This is " + domain.strip() + " " + words + ".");
        }
        return List.copyOf(prompts);
    }
}
