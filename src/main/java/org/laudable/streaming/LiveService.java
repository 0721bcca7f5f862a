package org.laudable.streaming;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.laudable.Refused;
import org.laudable.project.Meaning;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.OutOfReach;
import org.laudable.security.User;

/** What live scoring does and finds, and people's word on it. For reviewers and managers. */
@ApplicationScoped
public class LiveService {
    private static final int SHOWN = 100;
    private static final int LONGEST_COMMENT = 2_000;

    private final DetectorRepository detectors;
    private final BoardRepository board;
    private final AnomalyRepository anomalies;
    private final Telling telling;
    private final ProjectAccess access;
    private final AuditLog log;

    LiveService(DetectorRepository detectors, BoardRepository board, AnomalyRepository anomalies, Telling telling, ProjectAccess access, AuditLog log) {
        this.detectors = detectors;
        this.board = board;
        this.anomalies = anomalies;
        this.telling = telling;
        this.access = access;
        this.log = log;
    }

    @Transactional
    public LiveBoard board(long projectId) {
        access.require(projectId, Role.REVIEWER);
        LiveBoard.Model model = null;
        LiveBoard.Next next = null;
        for (DetectorRepository.Approval one : detectors.approvals(projectId)) {
            if (one.live()) {
                model = new LiveBoard.Model(one.version(), one.approvedBy(), one.liveAt());
            } else {
                next = new LiveBoard.Next(one.version(), one.failed() ? String.valueOf(one.error()) : null);
            }
        }
        return new LiveBoard(model, next, board.lines(projectId), anomalies.newest(projectId, Long.MAX_VALUE, SHOWN), board.awaiting(projectId));
    }

    /** Anomalies before one, newest first. */
    @Transactional
    public List<LiveAnomaly> older(long projectId, long before, int limit) {
        access.require(projectId, Role.REVIEWER);
        return anomalies.newest(projectId, before, limit);
    }

    /**
     * Says what an anomaly is; it becomes an answer when judged ones are taken into their series.
     *
     * @param meaning null: takes the word back
     * @param comment why, or null
     * @throws Refused if the word is an answer already
     */
    @Transactional
    public LiveAnomaly judge(long projectId, long anomalyId, Meaning meaning, String comment) {
        User person = access.require(projectId, Role.REVIEWER);
        LiveAnomaly before = anomalies.find(projectId, anomalyId).orElseThrow(() -> new OutOfReach("There is no such anomaly in the project."));
        if (comment != null && comment.length() > LONGEST_COMMENT) {
            throw new Refused("The comment is longer than 2,000 characters.");
        }
        if (!anomalies.judge(projectId, anomalyId, meaning, comment, person)) {
            throw new Refused("This word is an answer of the series already. Change it on the page Anomalies.");
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("before", String.valueOf(before.meaning()));
        details.put("after", String.valueOf(meaning));
        log.record("live.judged", "liveAnomaly:" + anomalyId, projectId, details);
        telling.changed(projectId);
        return anomalies.find(projectId, anomalyId).orElseThrow();
    }
}
