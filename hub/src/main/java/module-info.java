// SPDX-License-Identifier: Apache-2.0
/** The OTA server of a home: answers by offset, queues, paces, and knows how each update ended. */
@SuppressWarnings("requires-automatic")
module org.hanota.hub {
  requires static org.jspecify;
  requires transitive org.hanota.api;
  requires transitive org.hanota.gbcs;
  requires transitive org.hanota.otaformat;
  requires com.google.common;
  requires com.h2database.mvstore;

  exports org.hanota.hub;
  exports org.hanota.hub.catalogue;
  exports org.hanota.hub.store;
}
