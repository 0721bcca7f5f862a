/**
 * Projects: settings, classes, guidelines, members and who may do what. {@link org.laudable.project.ProjectService} and
 * its neighbours check access; {@link org.laudable.project.ProjectDirectory} is for background work.
 */
package org.laudable.project;
