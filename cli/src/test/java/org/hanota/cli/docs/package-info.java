// SPDX-License-Identifier: Apache-2.0
/** The document of all commands, made from real runs. */
@NullMarked
package org.hanota.cli.docs;

import org.jspecify.annotations.NullMarked;
