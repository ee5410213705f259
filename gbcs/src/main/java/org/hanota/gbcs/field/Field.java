// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.field;

import org.hanota.api.Octets;

/**
 * One field as it was found, for whoever explains a message.
 *
 * @param name the standard's name
 * @param offset octets from the start of the message
 * @param octets the field's octets, tag and length included
 * @param meaning the value in words
 */
public record Field(String name, int offset, Octets octets, String meaning) {}
