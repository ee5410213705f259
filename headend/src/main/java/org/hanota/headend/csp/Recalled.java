// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.csp;

import org.hanota.api.Eui64;
import org.hanota.api.machine.ToWan;

/**
 * Something that was sent is taken back: a hub that has not got all of it shall get no more.
 *
 * @param hub which hub
 * @param number as in {@link ToHub}
 */
public record Recalled(Eui64 hub, long number) implements ToWan {}
