/** What {@code --demo} brings: a sample team and sample projects, made through the same services people use. */
package org.laudable.demo;
