create table deleted_run (
    run_id     text primary key,
    study_id   text not null,
    reason     text not null,
    deleted_by text not null,
    deleted_at timestamptz not null
);

comment on table deleted_run is 'runs that the log says are deleted: what trainers still say of them is passed over';
