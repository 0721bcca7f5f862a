package org.laudable.dataset.file;

import java.util.List;

/**
 * A row after its check.
 *
 * @param text        as in the file, untouched; null if refused
 * @param externalId  null if the file has no id column
 * @param label       null if there is none
 * @param metadata    a JSON object; null if there is none
 * @param fingerprint of the normalised text; null if refused
 * @param suggested   what a model proposes; null if there is none
 * @param leftOut     what the row said that has no place here
 * @param refusal     why it cannot go in; null if it can
 */
public record CheckedRow(long number, String text, String externalId, String label, String metadata, byte[] fingerprint,
        Suggested suggested, List<LeftOut> leftOut, String refusal) {

    /**
     * A class that a model of somebody else proposes.
     *
     * @param score  0 to 1; null if it does not say
     * @param source the model's name; null if it has none
     */
    public record Suggested(String label, Float score, String source) {}

    static CheckedRow refused(long number, String reason) {
        return new CheckedRow(number, null, null, null, null, null, null, List.of(), reason);
    }
}
