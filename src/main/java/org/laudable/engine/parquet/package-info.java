/**
 * Parquet files from strangers, row by row, and our own out. {@link org.laudable.engine.parquet.ParquetSource} opens a
 * file only after {@link org.laudable.engine.parquet.ParquetCheck} has walked through everything in it that claims a
 * size; {@link org.laudable.engine.parquet.ParquetSink} writes with the memory of one row group. Knows nothing of texts
 * or series.
 *
 * @see <a href="../../../../../../../docs/decisions/071-parquet-in-plain-java.md">decision 071</a>
 */
package org.laudable.engine.parquet;
