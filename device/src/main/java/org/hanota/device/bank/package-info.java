// SPDX-License-Identifier: Apache-2.0
/** A device's storage: the port that a vendor fills, its journal, and what decides what boots. */
@NullMarked
package org.hanota.device.bank;

import org.jspecify.annotations.NullMarked;
