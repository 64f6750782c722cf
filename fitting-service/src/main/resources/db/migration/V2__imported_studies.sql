alter table run add column imported text;

comment on column run.imported is 'name, N and group of a run that a file told of, as JSON; null for runs of the suite';

create table imported_study (
    study_id    text primary key,
    content     text not null,
    has_flops   boolean not null default false,
    row_count   bigint not null default 0,
    excluded    text[] not null default '{}',
    imported_at timestamptz not null default now()
);

comment on table imported_study is 'one row per imported file; the content hash makes a repeated import harmless';

create table import_finding_count (
    study_id text not null references imported_study,
    kind     text not null,
    findings bigint not null,
    primary key (study_id, kind)
);

create table import_finding (
    study_id    text not null references imported_study,
    ordinal     integer not null,
    kind        text not null,
    line        integer not null,
    column_name text not null,
    run         text not null,
    sentence    text not null,
    primary key (study_id, ordinal)
);

comment on table import_finding is 'what was found wrong with a file, in its order; only the first ones, all are counted';
