package org.laudable.review;

import org.laudable.dataset.Origin;

/**
 * Somebody who said a class of an item: a person, a language model, or the project's task model.
 *
 * @param id of the account or of the language model; 0: the task model
 * @param name empty for the task model
 */
public record Rater(Origin origin, long id, String name) {

    /** The same in a link: {@code PERSON-12}. */
    public String key() {
        return origin + "-" + id;
    }
}
