package org.laudable.dataset.file;

/**
 * A row after its check.
 *
 * @param text        as in the file, untouched; null if refused
 * @param externalId  null if the file has no id column
 * @param label       null if there is none
 * @param metadata    a JSON object; null if there is none
 * @param fingerprint of the normalised text; null if refused
 * @param refusal     why it cannot go in; null if it can
 */
public record CheckedRow(long number, String text, String externalId, String label, String metadata, byte[] fingerprint,
        String refusal) {

    static CheckedRow refused(long number, String reason) {
        return new CheckedRow(number, null, null, null, null, null, reason);
    }
}
