// SPDX-License-Identifier: Apache-2.0
/**
 * What a head end keeps, in a database: the records of its machines, and which process acts on
 * them.
 */
@NullMarked
package org.hanota.headendsql;

import org.jspecify.annotations.NullMarked;
