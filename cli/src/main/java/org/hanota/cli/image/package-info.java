// SPDX-License-Identifier: Apache-2.0
/** {@code hanota image}: one class per subcommand, and what they share. */
@NullMarked
package org.hanota.cli.image;

import org.jspecify.annotations.NullMarked;
