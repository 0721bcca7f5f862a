/**
 * Back-up and restore of a whole data folder, for the shell: the embedded PostgreSQL by its own base-backup protocol
 * while it works, and the files beside it, in one zip whose every part is hashed.
 */
package org.laudable.backup;
