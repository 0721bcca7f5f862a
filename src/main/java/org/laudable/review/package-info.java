/**
 * Review: disputed and risky items come to reviewers, whose verdict stands above everybody else's; answers go back to their
 * authors with a note; a changed guideline sends old answers through the queue again; and how far people agree.
 *
 * <p>An item is shown to one reviewer at a time (a short claim); a verdict on an item that changed since it was shown is
 * refused. Every public service checks access.
 */
package org.laudable.review;
