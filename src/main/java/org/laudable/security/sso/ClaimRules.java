package org.laudable.security.sso;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.laudable.Refused;
import org.laudable.database.Sql;
import org.laudable.security.AuditLog;
import org.laudable.security.CurrentUser;
import org.laudable.security.SsoAccounts;

/**
 * What follows from the provider's roles and groups. An administrator edits the rules; they are applied to everybody at
 * once when one changes, and to each person when they sign in and whenever the provider is asked about them.
 */
@ApplicationScoped
public class ClaimRules {
    private static final List<String> STRONGEST_FIRST = List.of("MANAGER", "REVIEWER", "ANNOTATOR");

    private final Sql sql;
    private final SsoAccounts accounts;
    private final Instance<RuledMemberships> memberships;
    private final CurrentUser currentUser;
    private final AuditLog audit;

    ClaimRules(Sql sql, SsoAccounts accounts, Instance<RuledMemberships> memberships, CurrentUser currentUser, AuditLog audit) {
        this.sql = sql;
        this.accounts = accounts;
        this.memberships = memberships;
        this.currentUser = currentUser;
        this.audit = audit;
    }

    /** All rules: those for administrators first, then by project. */
    @Transactional
    public List<ClaimRule> all() {
        currentUser.requireAdmin();
        return read();
    }

    /** How many accounts the rule reaches now. */
    @Transactional
    public int reaches(ClaimRule rule) {
        currentUser.requireAdmin();
        return (int) everybody().stream().filter(one -> rule.matches(one.roles(), one.groups())).count();
    }

    /**
     * @param membership empty: administrator
     * @throws Refused if there is such a rule already, or the project is gone
     */
    @Transactional
    public void add(ClaimKind kind, String value, Optional<ClaimRule.Membership> membership) {
        currentUser.requireAdmin();
        String name = kind == ClaimKind.GROUP && !value.isBlank() && !value.strip().startsWith("/") ? "/" + value.strip() : value.strip();
        if (name.isEmpty() || name.length() > 200) {
            throw new Refused("Name the role or group, with at most 200 characters.");
        }
        Long project = membership.map(ClaimRule.Membership::projectId).orElse(null);
        String role = membership.map(ClaimRule.Membership::role).orElse(null);
        boolean added = sql.update("""
                insert into claim_rule (kind, value, project_id, role)
                select ?, ?, ?::bigint, ? where ?::bigint is null or exists (select 1 from project where id = ?::bigint)
                on conflict do nothing""", kind, name, project, role, project, project) == 1;
        if (!added) {
            throw new Refused("There is a rule for this already. Take it away first.");
        }
        audit.record("rule.added", "rule:" + kind + ":" + name, project, Map.of("grants", role == null ? "ADMIN" : role));
        applyToAll();
    }

    @Transactional
    public void remove(ClaimRule rule) {
        currentUser.requireAdmin();
        if (sql.update("delete from claim_rule where id = ?", rule.id()) == 1) {
            audit.record("rule.removed", "rule:" + rule.kind() + ":" + rule.value(),
                    rule.membership().map(ClaimRule.Membership::projectId).orElse(null),
                    Map.of("grants", rule.membership().map(ClaimRule.Membership::role).orElse("ADMIN")));
            applyToAll();
        }
    }

    /** Applies the rules to one person, about whom the provider has just said this. Checks no access. */
    @Transactional
    void apply(long accountId, ProviderClaims claims) {
        String[] roles = claims.roles().toArray(String[]::new);
        String[] groups = claims.groups().toArray(String[]::new);
        sql.update("""
                update account set sso_roles = ?, sso_groups = ? where id = ? and (sso_roles <> ? or sso_groups <> ?)""",
                roles, groups, accountId, roles, groups);
        apply(read(), new Somebody(accountId, claims.roles(), claims.groups()));
    }

    private void applyToAll() {
        List<ClaimRule> rules = read();
        everybody().forEach(one -> apply(rules, one));
    }

    private void apply(List<ClaimRule> rules, Somebody one) {
        List<ClaimRule> hits = rules.stream().filter(rule -> rule.matches(one.roles(), one.groups())).toList();
        accounts.setAdminByRule(one.accountId(), hits.stream().anyMatch(rule -> rule.membership().isEmpty()));
        Map<Long, String> roles = hits.stream().flatMap(rule -> rule.membership().stream())
                .collect(Collectors.toMap(ClaimRule.Membership::projectId, ClaimRule.Membership::role, ClaimRules::stronger));
        memberships.stream().forEach(target -> target.set(one.accountId(), roles));
    }

    static String stronger(String one, String other) {
        return STRONGEST_FIRST.indexOf(one) <= STRONGEST_FIRST.indexOf(other) ? one : other;
    }

    private record Somebody(long accountId, Set<String> roles, Set<String> groups) {}

    private List<Somebody> everybody() {
        return sql.list("select id, sso_roles, sso_groups from account where sso_subject is not null order by id",
                row -> new Somebody(row.getLong(1), texts(row.getArray(2)), texts(row.getArray(3))));
    }

    private List<ClaimRule> read() {
        return sql.list("select id, kind, value, project_id, role from claim_rule order by project_id nulls first, kind, value, id",
                ClaimRules::rule);
    }

    private static ClaimRule rule(ResultSet row) throws SQLException {
        String role = row.getString(5);
        return new ClaimRule(row.getLong(1), ClaimKind.valueOf(row.getString(2)), row.getString(3),
                role == null ? Optional.empty() : Optional.of(new ClaimRule.Membership(row.getLong(4), role)));
    }

    private static Set<String> texts(Array array) throws SQLException {
        return Set.of((String[]) array.getArray());
    }
}
