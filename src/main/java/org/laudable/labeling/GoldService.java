package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;

/** Gold items of a project and how its annotators do on them. For its managers; each annotator sees their own score. */
@ApplicationScoped
public class GoldService {
    private final ProjectAccess access;
    private final GoldRepository gold;

    GoldService(ProjectAccess access, GoldRepository gold) {
        this.access = access;
        this.gold = gold;
    }

    public long count(long projectId) {
        access.require(projectId, Role.MANAGER);
        return gold.count(projectId);
    }

    /** The signed-in person's own; empty if they are not measured. */
    public Optional<GoldScore> mine(long projectId) {
        long me = access.require(projectId, Role.ANNOTATOR).id();
        return gold.measured(projectId, me) ? gold.score(projectId, me) : Optional.empty();
    }

    /** By account id, for every annotator. */
    public Map<Long, GoldScore> scores(long projectId) {
        access.require(projectId, Role.MANAGER);
        return gold.scores(projectId).stream().collect(Collectors.toMap(GoldScore::accountId, Function.identity()));
    }
}
