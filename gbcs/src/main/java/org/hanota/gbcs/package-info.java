// SPDX-License-Identifier: Apache-2.0
/**
 * GBCS messages as a whole: envelope, what is proven about a message, and what a recipient accepts.
 */
@NullMarked
package org.hanota.gbcs;

import org.jspecify.annotations.NullMarked;
