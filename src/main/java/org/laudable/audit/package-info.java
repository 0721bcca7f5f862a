/** The audit trail for those who read it: filter, export, and the proof that nothing in it was changed. */
package org.laudable.audit;
