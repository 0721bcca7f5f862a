/**
 * What is labeled: files come in as imports, their rows point at items (unique texts), and everything goes out again as
 * an export that can say where each label came from.
 */
package org.laudable.dataset;
