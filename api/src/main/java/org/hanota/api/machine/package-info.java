// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of a protocol machine: time and messages come in as arguments, effects go out into a
 * sink; no clock, thread, socket, file or random source of its own.
 */
@NullMarked
package org.hanota.api.machine;

import org.jspecify.annotations.NullMarked;
