// SPDX-License-Identifier: Apache-2.0
/**
 * How encoded frames travel between nodes: the contract, and the transport within one process with
 * its faults.
 */
@NullMarked
package org.hanota.api.transport;

import org.jspecify.annotations.NullMarked;
