// SPDX-License-Identifier: Apache-2.0
/** Serving, steering and watching a hub over the network. */
@NullMarked
package org.hanota.cli.hub;

import org.jspecify.annotations.NullMarked;
