// SPDX-License-Identifier: Apache-2.0
/** P-256 keys, their texts, and the hash; no clock, thread, socket, file or random source. */
module org.hanota.keys {
  requires transitive org.hanota.api;
  requires org.bouncycastle.provider;
  requires static org.jspecify;

  exports org.hanota.keys;
}
