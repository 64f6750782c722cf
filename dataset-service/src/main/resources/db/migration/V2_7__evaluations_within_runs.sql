-- Evaluations within runs: how far apart they want states, per cent of a run's compute; null: at the ends of budgets alone.
alter table study_evaluation add column every_percent double precision;

-- Slices whose last state such evaluations want, and whether it was let go.
alter table slice add column marks text;
alter table slice add column released boolean not null default false;
create index kept_slice on slice (run_id) where marks is not null and not released;
