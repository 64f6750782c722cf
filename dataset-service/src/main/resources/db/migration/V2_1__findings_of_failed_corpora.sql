-- what was found in the sources of a corpus that failed, as JSON; a manifest has its own
alter table corpus add column findings text;
