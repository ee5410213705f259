// SPDX-License-Identifier: Apache-2.0
/** Hubs and devices in processes of their own, killed and cut off from each other. */
@NullMarked
package org.hanota.cli.network;

import org.jspecify.annotations.NullMarked;
