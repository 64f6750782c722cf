-- Studies whose deletion has begun: they are not shown any more, and what is missing of it is done at the next look.
create table study_deletion (
    study_id   text primary key,
    reason     text        not null,
    deleted_by text        not null,
    deleted_at timestamptz not null
);

-- Runs that were deleted: what trainers still say of them is passed over, and their ids are not given again.
create table deleted_run (
    run_id   text primary key,
    study_id text not null
);
create index deleted_run_of_study on deleted_run (study_id);
