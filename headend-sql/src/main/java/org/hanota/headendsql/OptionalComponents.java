// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.util.Optional;

/**
 * An optional component may be missing in a record: one that was written before there was such a
 * component has none. Every other component must be there.
 */
final class OptionalComponents extends NopAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  @Override
  public Boolean hasRequiredMarker(AnnotatedMember component) {
    return component.getRawType() != Optional.class;
  }
}
