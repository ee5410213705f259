// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a sealed type stands, its records are written with their names; nothing else can be read
 * there, whatever the text says.
 */
final class SealedTypes extends NopAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  /** Says which record it is. */
  static final String IS = "is";

  @Override
  public @Nullable TypeResolverBuilder<?> findTypeResolver(
      MapperConfig<?> config, AnnotatedClass type, JavaType base) {
    if (!type.getRawType().isSealed()) {
      return null;
    }
    JsonTypeInfo.Value how =
        JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.CUSTOM, JsonTypeInfo.As.PROPERTY, IS, null, false, true);
    return new StdTypeResolverBuilder().init(how, new Names(base));
  }

  /** The records of a sealed type by their names. */
  private static final class Names extends TypeIdResolverBase {
    private final Map<String, Class<?>> byName = new TreeMap<>();

    Names(JavaType base) {
      super(base, null);
      collect(base.getRawClass());
    }

    private void collect(Class<?> type) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        if (permitted.isSealed()) {
          collect(permitted);
        } else {
          Class<?> other = byName.put(permitted.getSimpleName(), permitted);
          if (other != null && other != permitted) {
            throw new IllegalArgumentException(
                other + " and " + permitted + " are of one sealed type and have one name");
          }
        }
      }
    }

    @Override
    public String idFromValue(Object value) {
      return value.getClass().getSimpleName();
    }

    @Override
    public String idFromValueAndType(Object value, Class<?> type) {
      return type.getSimpleName();
    }

    @Override
    public JavaType typeFromId(DatabindContext context, String id) throws IOException {
      Class<?> found = byName.get(id);
      if (found == null) {
        throw new IOException(
            "found " + IS + " \"" + id + "\", allowed " + String.join(", ", byName.keySet()));
      }
      return context.constructSpecializedType(_baseType, found);
    }

    @Override
    public JsonTypeInfo.Id getMechanism() {
      return JsonTypeInfo.Id.CUSTOM;
    }
  }
}
