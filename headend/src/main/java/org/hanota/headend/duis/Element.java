// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis;

import java.util.List;

/**
 * An element of a message: either with text or with children.
 *
 * @param namespace its namespace; empty for none
 * @param name its name in that namespace
 * @param attributes in the order of the message, without declarations of namespaces
 * @param text what it holds, where it has no children
 * @param children in the order of the message
 * @param offset characters before the end of its start tag
 */
record Element(
    String namespace,
    String name,
    List<Attribute> attributes,
    String text,
    List<Element> children,
    int offset) {
  /** The namespace of everything that DUIS names. */
  static final String DUIS = "http://www.dccinterface.co.uk/ServiceUserGateway";

  /** The namespace of signatures. */
  static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";

  /** An attribute. */
  record Attribute(String namespace, String name, String value) {}

  /** Whether it is the {@code name} of DUIS. */
  boolean is(String other) {
    return name.equals(other) && namespace.equals(DUIS);
  }
}
