-- Slices are cut for a horizon of each run: where the last one that is cut ends, and where the run does. Runs of before have
-- all of their slices.
alter table run add column planned_step bigint;
alter table run add column end_step bigint;
update run
set end_step = (spec::jsonb -> 'budgets' -> -1 ->> 'endRecord')::bigint
             / (spec::jsonb -> 'recipe' ->> 'recordsPerStep')::bigint;
update run set planned_step = end_step;
alter table run alter column planned_step set not null;
alter table run alter column end_step set not null;

-- How fast one device trained the run last, training FLOPs per second.
alter table run add column device_flops_per_second double precision;
create index run_by_update on run (updated_at);
