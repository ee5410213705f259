// SPDX-License-Identifier: Apache-2.0
/** Running devices against a hub over the network. */
@NullMarked
package org.hanota.cli.device;

import org.jspecify.annotations.NullMarked;
