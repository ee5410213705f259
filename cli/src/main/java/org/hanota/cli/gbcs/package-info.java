// SPDX-License-Identifier: Apache-2.0
/** {@code hanota gbcs}: explain, check and make GBCS messages. */
@NullMarked
package org.hanota.cli.gbcs;

import org.jspecify.annotations.NullMarked;
