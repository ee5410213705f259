// SPDX-License-Identifier: Apache-2.0
/** What devices are told without having asked. */
@NullMarked
package org.hanota.hub.announce;

import org.jspecify.annotations.NullMarked;
