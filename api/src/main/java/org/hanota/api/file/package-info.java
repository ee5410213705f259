// SPDX-License-Identifier: Apache-2.0
/** Files and folders for the storage ports of every module: whole or not there, and held alone. */
@NullMarked
package org.hanota.api.file;

import org.jspecify.annotations.NullMarked;
