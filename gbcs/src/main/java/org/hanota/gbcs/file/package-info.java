// SPDX-License-Identifier: Apache-2.0
/** Counters in a file, for devices and hubs that run as processes. */
@NullMarked
package org.hanota.gbcs.file;

import org.jspecify.annotations.NullMarked;
