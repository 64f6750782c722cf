-- What is measured of the runs of a study beside their loss.
create table study_evaluation (
    study_id text    not null,
    name     text    not null,
    place    integer not null,
    spec     text    not null,
    hash     text    not null,
    primary key (study_id, name)
);

-- States of runs that trainers were asked to evaluate.
create table asked_evaluation (
    study_id text   not null,
    run_id   text   not null,
    record   bigint not null,
    hash     text   not null,
    primary key (study_id, run_id, record, hash)
);
