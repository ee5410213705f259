// SPDX-License-Identifier: Apache-2.0
/** The OTA client: its machine, every transition, its configuration and what it reports. */
@NullMarked
package org.hanota.device;

import org.jspecify.annotations.NullMarked;
