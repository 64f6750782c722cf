create table log_position (
    log         text not null,
    study_id    text not null default '',
    partition   integer not null,
    next_offset bigint not null,
    primary key (log, study_id, partition)
);

comment on table log_position is
    'how far the log of training events is kept here, written with the events themselves; an empty table means from the beginning';
comment on column log_position.log is 'id of the topic, so that a topic made anew under the old name is another log';
comment on column log_position.study_id is 'after the last event of this study; empty for the log as a whole';
