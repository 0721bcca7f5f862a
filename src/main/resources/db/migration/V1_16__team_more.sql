-- Why a person passed an item on or flagged it.
alter table annotation add column reason text
  check (reason is null or kind in ('SKIP', 'FLAG')
    and reason in ('UNCLEAR_GUIDELINE', 'CANNOT_READ', 'NEEDS_EXPERT', 'BAD_DATA', 'OTHER'));

-- Made by joining two classes, not by the person: nothing they did that day.
alter table annotation add column moved boolean not null default false;

-- One action on many items of a project at a time.
create unique index bulk_action_one on bulk_action (project_id) where state in ('RUNNING', 'UNDOING');

-- Who ended the asking or stopped the run; their name in the reason goes with them.
alter table run add column stopped_by bigint references account on delete set null;

-- Gold windows of series are chosen one by one, with the stretch that answers are compared with; null: only the class is.
alter table gold alter column bulk_id drop not null;
alter table gold add column interval_from int;
alter table gold add column interval_to int check (interval_to > interval_from);
alter table gold add column chosen_by bigint references account on delete set null;
