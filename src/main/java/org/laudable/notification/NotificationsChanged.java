package org.laudable.notification;

import java.util.List;

/** Fired inside the transaction that sends or clears notifications; open bells hear of it once that has committed. */
record NotificationsChanged(List<Long> accountIds) {}
