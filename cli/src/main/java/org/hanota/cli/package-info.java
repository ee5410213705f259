// SPDX-License-Identifier: Apache-2.0
/** The {@code hanota} command: its root, its exit codes and what its subcommands share. */
@NullMarked
package org.hanota.cli;

import org.jspecify.annotations.NullMarked;
