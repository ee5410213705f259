// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

/**
 * A stretch of a file, for maps of it.
 *
 * @param name what stands there
 * @param offset its first octet, from the start of the file
 * @param length its octets
 */
public record Region(String name, long offset, long length) {}
