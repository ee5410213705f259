// SPDX-License-Identifier: Apache-2.0
/**
 * Values that every module shares: octets, identifiers with their widths, wire time, and the one
 * exception for bad octets from outside.
 */
@NullMarked
package org.hanota.api;

import org.jspecify.annotations.NullMarked;
