// SPDX-License-Identifier: Apache-2.0
/** What holds across the modules: the arrows, the sources' hygiene, and the documents. */
@NullMarked
package org.hanota.verification;

import org.jspecify.annotations.NullMarked;
