package org.laudable.engine.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A row of a Parquet file.
 *
 * @param values  one a column: a {@link String} (texts, times, decimals), {@link Long}, {@link Double}, {@link Boolean},
 *                a {@link JsonNode} for lists and structures, or null
 * @param problem why it cannot be taken; null if it can
 * @param bytes   whether a column held bytes that are no text, and so nothing here
 */
public record ParquetRow(List<Object> values, String problem, boolean bytes) {

    /** A column's value as JSON. */
    public JsonNode json(int column) {
        return RowAssembly.json(values.get(column));
    }
}
