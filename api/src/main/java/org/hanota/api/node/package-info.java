// SPDX-License-Identifier: Apache-2.0
/** Joins a machine to a transport: codec, sequence numbers, default responses, timers and jobs. */
@NullMarked
package org.hanota.api.node;

import org.jspecify.annotations.NullMarked;
