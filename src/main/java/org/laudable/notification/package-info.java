/**
 * What people are told in the application: {@link org.laudable.notification.Notifications} sends, in the transaction of
 * what happened; {@link org.laudable.notification.NotificationService} is each person's own list behind the bell.
 */
package org.laudable.notification;
