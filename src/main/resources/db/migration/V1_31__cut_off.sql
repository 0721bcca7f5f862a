-- Starts in a row that came to no end, the one at work included: its process died, or the database was gone.
alter table job add column cut_off int not null default 0;
