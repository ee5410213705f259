// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import org.hanota.api.Eui64;

/**
 * The remote party on whose behalf the access control broker sends, with its own counter.
 *
 * @param remoteParty whom
 * @param counter unsigned 64 bits
 */
public record Supplementary(Eui64 remoteParty, long counter) {}
