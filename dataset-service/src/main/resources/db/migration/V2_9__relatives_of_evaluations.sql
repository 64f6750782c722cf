-- Relatives of evaluations' proteins in corpora, as JSON; searched once for each pair.
create table evaluation_relatives (
    hash      text not null,
    corpus    text not null,
    relatives text not null,
    primary key (hash, corpus)
);
