-- SPDX-License-Identifier: Apache-2.0

-- Records of the machines of a head end. The body is JSON; its large octets stand in kept_octets.
create table kept_record (
  owner char(16) not null,
  record_key varchar(250) not null,
  position bigint generated always as identity,
  kind varchar(40) not null,
  body text not null,
  primary key (owner, record_key)
);

-- Octets by their SHA-256, in pieces. Whatever names them names the same image.
create table kept_octets (
  sha256 char(64) not null,
  piece int not null,
  octets bytea not null,
  primary key (sha256, piece)
);

-- Which process acts. Each taking over has an epoch of its own, which each transaction checks.
create table lease (
  name varchar(40) primary key,
  epoch bigint not null,
  holder varchar(200) not null,
  until_time timestamp with time zone not null
);

insert into lease (name, epoch, holder, until_time)
  values ('head end', 0, 'nobody', timestamp with time zone '2000-01-01 00:00:00+00');
