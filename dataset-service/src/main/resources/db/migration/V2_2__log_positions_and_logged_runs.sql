-- How far training events are read, written with what they changed: a database that is set back reads on from there.
create table log_position (
    log         text    not null,
    partition   integer not null,
    next_offset bigint  not null,
    primary key (log, partition)
);

-- Runs that the log tells of and no study has, until their study is submitted again.
create table logged_run (
    run_id        text primary key,
    study_id      text             not null,
    spec          text             not null,
    state         text             not null,
    step          bigint           not null,
    tokens        double precision not null,
    compute_flops double precision not null,
    last_slice    integer          not null,
    updated_at    timestamptz      not null
);
create index logged_run_of_study on logged_run (study_id);

-- How far the jobs topic was written when all jobs of the study were on it, as JSON.
alter table study add column jobs_to text;
