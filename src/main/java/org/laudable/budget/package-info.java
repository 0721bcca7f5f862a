/**
 * What labels cost: an append-only ledger per project, in millionths of its currency. Money is reserved before work is
 * handed out and settled or released after it, so that settled + reserved never exceeds the cap at any commit.
 */
package org.laudable.budget;
