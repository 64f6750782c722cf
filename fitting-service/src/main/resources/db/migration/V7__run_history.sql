create table run_slice (
    run_key       integer not null references run,
    slice         integer not null,
    step          bigint not null,
    to_record     bigint not null,
    tokens        double precision not null,
    compute_flops double precision not null,
    checkpoint    text not null,
    trainer       text not null,
    device        text,
    peak_flops    double precision,
    at            timestamptz not null,
    primary key (run_key, slice)
);

comment on table run_slice is 'which trainer did which slice, and where its state lies; slices of before this table are missing';
comment on column run_slice.device is 'null of trainers that did not tell it';

create table run_change (
    run_key integer not null references run,
    at      timestamptz not null,
    step    bigint not null,
    state   text not null,
    reason  text not null,
    primary key (run_key, at, step, state)
);

comment on table run_change is 'every change of state, the run row has the latest alone';

create table run_refusal (
    run_key    integer not null references run,
    at         timestamptz not null,
    checkpoint text not null,
    step       bigint not null,
    reason     text not null,
    trainer    text not null,
    primary key (run_key, at, checkpoint)
);

comment on table run_refusal is 'checkpoints that could not be used';
