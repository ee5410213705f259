// SPDX-License-Identifier: Apache-2.0
/** GBCS messages for firmware, the device log and joining: octets, keys, checks. */
module org.hanota.gbcs {
  requires transitive org.hanota.api;
  requires transitive org.hanota.keys;
  requires org.bouncycastle.provider;
  requires static org.jspecify;

  exports org.hanota.gbcs;
  exports org.hanota.gbcs.field;
  exports org.hanota.gbcs.file;
  exports org.hanota.gbcs.key;
  exports org.hanota.gbcs.payload;
  exports org.hanota.gbcs.pem;
}
