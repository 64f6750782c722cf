create table run_evaluation (
    run_key integer not null references run,
    step    bigint not null,
    hash    text not null,
    name    text not null,
    kind    text not null,
    result  jsonb not null,
    at      timestamptz not null,
    primary key (run_key, step, hash)
);

comment on table run_evaluation is 'what states of runs are good for beside their loss; the first result of a run, step and evaluation counts';
comment on column run_evaluation.result is 'the event as it stood on the log';
