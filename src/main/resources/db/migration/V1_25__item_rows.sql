-- An item's rows in their order from the index alone: with statistics of an hour ago the planner would else walk the rows of
-- all items by id to find the first one of an item.
drop index item_row_item;
create index item_row_item on item_row (item_id, id);
