// SPDX-License-Identifier: Apache-2.0
/** Fleets on a cluster of Apache Spark. */
@NullMarked
package org.hanota.simspark;

import org.jspecify.annotations.NullMarked;
