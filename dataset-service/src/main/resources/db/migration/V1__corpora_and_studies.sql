create table corpus (
    id         text primary key,
    sources    text        not null,
    options    text        not null,
    state      text        not null,
    error      text,
    manifest   text,
    created_at timestamptz not null default clock_timestamp()
);

-- the load of each training batch: what any model's FLOPs follow from
create table corpus_batch (
    corpus_id      text   not null references corpus (id),
    idx            bigint not null,
    sequences      bigint not null,
    tokens         bigint not null,
    tokens_squared bigint not null,
    primary key (corpus_id, idx)
);

create table study (
    id             text primary key,
    spec           text             not null,
    published      boolean          not null,
    expected_flops double precision not null,
    created_at     timestamptz      not null
);

create table run (
    run_id         text primary key,
    study_id       text             not null references study (id),
    place          integer          not null,
    spec           text             not null,
    job_partition  integer          not null,
    slices         integer          not null,
    expected_flops double precision not null,
    state          text             not null,
    step           bigint           not null,
    tokens         double precision not null,
    compute_flops  double precision not null,
    last_slice     integer          not null,
    updated_at     timestamptz      not null
);
create index run_of_study on run (study_id);
create index run_by_state on run (state);

create table slice (
    run_id         text             not null references run (run_id),
    slice          integer          not null,
    emission       integer          not null,
    from_record    bigint           not null,
    to_record      bigint           not null,
    expected_flops double precision not null,
    primary key (run_id, slice)
);
