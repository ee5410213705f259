// SPDX-License-Identifier: Apache-2.0
/** P-256 keys, certificates, the key store port, signature and MAC, and keys for tests. */
@NullMarked
package org.hanota.gbcs.key;

import org.jspecify.annotations.NullMarked;
