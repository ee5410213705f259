// SPDX-License-Identifier: Apache-2.0
/** Values, commands and contracts; no clock, thread, socket, file or random source. */
module org.hanota.api {
  requires static org.jspecify;

  exports org.hanota.api;
}
