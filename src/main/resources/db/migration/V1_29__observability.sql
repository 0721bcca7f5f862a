-- What put a job in line, as a W3C trace parent: whichever process works on it goes on with that trace.
alter table job add column trace_parent text;
