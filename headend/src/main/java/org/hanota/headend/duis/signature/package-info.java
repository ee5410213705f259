// SPDX-License-Identifier: Apache-2.0
/** Signatures of DUIS messages: made, and checked step by step. */
@NullMarked
package org.hanota.headend.duis.signature;

import org.jspecify.annotations.NullMarked;
