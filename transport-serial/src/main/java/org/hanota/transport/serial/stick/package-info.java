// SPDX-License-Identifier: Apache-2.0
/**
 * What all families of sticks have in common: the host's side, fed with octets and time, with its
 * outbox, its address book and its questions. What is peculiar to a family is its {@link
 * org.hanota.transport.serial.stick.Dialect}.
 */
@NullMarked
package org.hanota.transport.serial.stick;

import org.jspecify.annotations.NullMarked;
