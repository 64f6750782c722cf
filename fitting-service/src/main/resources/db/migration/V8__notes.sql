create table note (
    study_id   text not null,
    run_id     text not null default '',
    text       text not null,
    tags       text[] not null,
    updated_at timestamptz not null,
    primary key (study_id, run_id)
);

comment on table note is 'what people wrote of studies and runs';
comment on column note.run_id is 'empty where the note is of the study';
