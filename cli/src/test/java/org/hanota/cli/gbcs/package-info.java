// SPDX-License-Identifier: Apache-2.0
/** Tests of {@code hanota gbcs}. */
@NullMarked
package org.hanota.cli.gbcs;

import org.jspecify.annotations.NullMarked;
