-- SPDX-License-Identifier: Apache-2.0

-- Which records name which octets: what nobody names any more is dropped. The table of octets has
-- another name since then, so that no process of an older version adds octets without their use.
alter table kept_octets rename to named_octets;

create table octets_use (
  owner char(16) not null,
  record_key varchar(250) not null,
  sha256 char(64) not null,
  primary key (owner, record_key, sha256)
);

create index octets_use_sha256 on octets_use (sha256);

insert into octets_use (owner, record_key, sha256)
  select r.owner, r.record_key, o.sha256
  from kept_record r join named_octets o
  on o.piece = 0 and r.body like '%"' || o.sha256 || '"%';
