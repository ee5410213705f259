// SPDX-License-Identifier: Apache-2.0
/** Targets P1, P3 and P4: parsing, AES-MMO and signatures of OTA files beside the peers. */
@NullMarked
package org.hanota.bench.ota;

import org.jspecify.annotations.NullMarked;
