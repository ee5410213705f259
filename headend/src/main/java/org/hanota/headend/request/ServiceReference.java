// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

/**
 * Which service a request asks for. [DUIS schema]
 *
 * @param variant the ServiceReferenceVariant, such as 8.7.1
 */
public record ServiceReference(String variant) {
  private static final String FORM = "([0-9]{1,2}\\.[0-9]{1,2})(\\.[0-9]{1,2})?";

  public ServiceReference {
    if (!variant.matches(FORM)) {
      throw new IllegalField(
          "ServiceReferenceVariant", '"' + variant + '"', "two or three numbers, as in 8.7.1");
    }
  }

  /** The ServiceReference to which the variant belongs: 8.7 for 8.7.1. */
  public String reference() {
    return variant.replaceFirst(FORM, "$1");
  }

  @Override
  public String toString() {
    return variant;
  }
}
