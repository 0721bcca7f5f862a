package org.laudable.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.laudable.notification.Notification;
import org.laudable.notification.NotificationKind;
import org.laudable.notification.NotificationService;
import org.laudable.security.ActingAs;
import org.laudable.testing.Sample;

/** A full cap hands out no more work; what was handed out before is answered, kept and paid. */
@QuarkusTest
class CapInFlightTest {
    @Inject LabelingFixture fixture;
    @Inject NotificationService notifications;
    @Inject Sample sample;

    @Test
    void answers_in_flight_are_kept_and_paid_though_nobody_gets_more() {
        LabelingFixture.Team team = fixture.asked(2, 12, 1);
        fixture.pay(team, "PER_LABEL", 100_000, 200_000L);
        LeaseReply held = fixture.lease(team, team.ann(), 2);
        assertEquals(2, held.tasks().size());

        LeaseReply refused = fixture.lease(team, team.ben(), 2);
        assertEquals(List.of(), refused.tasks());
        assertTrue(refused.capReached());
        held.tasks().forEach(task -> fixture.label(team.ann(), task.id(), team.classes().getFirst()));

        assertEquals(200_000, fixture.settled(team));
        assertEquals(0, fixture.reserved(team));
        assertEquals(2, sample.number("select count(*) from annotation where project_id = ? and kind = 'LABEL' and not surplus", team.project()));
        assertTrue(fixture.lease(team, team.ann(), 1).capReached());
        assertEquals(List.of(NotificationKind.CAP_NEAR, NotificationKind.CAP_REACHED), ActingAs.person(team.manager(), () -> notifications.mine(0, 10))
                .reversed().stream().map(Notification::kind).toList());
    }
}
