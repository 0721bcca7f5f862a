package org.laudable.review;

import java.util.List;

/**
 * How often one said this class and another that one, of the same items.
 *
 * @param classes shown, in the project's order; null: none of these
 * @param times   {@code [first said][second said]}
 * @param shown   items in the matrix
 * @param items   that both have said a class of; more than shown if classes were left out
 * @param equal   of all items
 */
public record Confusion(List<Long> classes, int[][] times, int shown, int items, int equal) {}
