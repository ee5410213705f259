// SPDX-License-Identifier: Apache-2.0
/** {@code hanota campaign}: steers the campaigns of a supplier whose head end runs. */
@NullMarked
package org.hanota.cli.campaign;

import org.jspecify.annotations.NullMarked;
