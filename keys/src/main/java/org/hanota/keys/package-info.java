// SPDX-License-Identifier: Apache-2.0
/**
 * Keys on the curve P-256: held in memory or behind a port, read and written as DER and PEM.
 * Images, GBCS messages and certificates are signed through the same port.
 */
@NullMarked
package org.hanota.keys;

import org.jspecify.annotations.NullMarked;
