/**
 * The format of model files: a zip of named parts and a manifest that lists each with its size and SHA-256. Knows no
 * database; what it reads may come from anywhere, so nothing in it is believed before it is checked.
 */
package org.laudable.model.file;
