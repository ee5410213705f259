// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.hanota.gbcs.pem;

import org.jspecify.annotations.NullMarked;
