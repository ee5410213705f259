// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.headend.request.MessageId;

/**
 * Records as JSON: an object with the components of the record; where a component is of a sealed
 * type, {@code is} says which of its records it is. Octets are base64, or, where they are many, the
 * SHA-256 under which they are kept apart.
 */
final class RecordJson {
  private static final String SHA_256 = "sha256";

  private final ObjectMapper mapper;

  RecordJson(KeptOctets octets) {
    this(octets, KeptOctets.INLINE_MAX);
  }

  /**
   * With another limit.
   *
   * @param inlineMaximum the most octets that stand in a record itself
   */
  RecordJson(KeptOctets octets, long inlineMaximum) {
    SimpleModule values = new SimpleModule();
    text(values, Eui64.class, Eui64::toString, Eui64::parse);
    text(values, FileVersion.class, FileVersion::toString, RecordJson::fileVersion);
    text(values, ImageId.class, ImageId::toString, RecordJson::imageId);
    text(values, MessageId.class, MessageId::toString, MessageId::parse);
    text(values, Instant.class, Instant::toString, Instant::parse);
    values.addSerializer(OctetSource.class, new OctetsOut(octets, inlineMaximum));
    values.addDeserializer(OctetSource.class, new OctetsIn<>(OctetSource.class, octets));
    values.addDeserializer(Octets.class, new OctetsIn<>(Octets.class, octets));
    mapper =
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(values)
            .annotationIntrospector(
                AnnotationIntrospector.pair(new SealedTypes(), new JacksonAnnotationIntrospector()))
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  String write(Object record) {
    try {
      return mapper.writeValueAsString(record);
    } catch (JsonProcessingException fault) {
      throw new IllegalArgumentException("cannot write " + record + ": " + fault, fault);
    }
  }

  /**
   * Reads a record of that class.
   *
   * @throws IllegalArgumentException if the text is no such record
   */
  <T> T read(String text, Class<T> kind) {
    try {
      return mapper.readValue(text, kind);
    } catch (JsonProcessingException fault) {
      throw new IllegalArgumentException(fault.getMessage(), fault);
    }
  }

  private static FileVersion fileVersion(String text) {
    return FileVersion.of(Long.parseLong(text, 16));
  }

  private static ImageId imageId(String text) {
    String[] parts = text.split("-", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("image is \"" + text + "\", allowed MMMM-TTTT-VVVVVVVV");
    }
    return ImageId.of(
        Integer.parseInt(parts[0], 16),
        Integer.parseInt(parts[1], 16),
        Long.parseLong(parts[2], 16));
  }

  private static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(
        type,
        new StdSerializer<T>(type) {
          private static final long serialVersionUID = 1L;

          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeString(write.apply(value));
          }
        });
    module.addDeserializer(
        type,
        new StdDeserializer<T>(type) {
          private static final long serialVersionUID = 1L;

          @Override
          public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            String text = in.getValueAsString();
            if (text == null) {
              throw context.wrongTokenException(in, type, JsonToken.VALUE_STRING, "allowed a text");
            }
            try {
              return read.apply(text);
            } catch (RuntimeException fault) {
              throw context.weirdStringException(text, type, String.valueOf(fault.getMessage()));
            }
          }
        });
  }

  private static final class OctetsOut extends StdSerializer<OctetSource> {
    private static final long serialVersionUID = 1L;

    private final transient KeptOctets octets;
    private final long inlineMaximum;

    OctetsOut(KeptOctets octets, long inlineMaximum) {
      super(OctetSource.class);
      this.inlineMaximum = inlineMaximum;
      this.octets = octets;
    }

    @Override
    public void serialize(OctetSource value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (value.size() <= inlineMaximum) {
        out.writeBinary(value.octets(0, (int) value.size()).toByteArray());
        return;
      }
      String name;
      try {
        name = octets.write(value);
      } catch (SQLException fault) {
        throw new IOException(fault);
      }
      out.writeStartObject();
      out.writeStringField(SHA_256, name);
      out.writeEndObject();
    }

    @Override
    public void serializeWithType(
        OctetSource value, JsonGenerator out, SerializerProvider provider, TypeSerializer type)
        throws IOException {
      serialize(value, out, provider);
    }
  }

  private static final class OctetsIn<T extends OctetSource> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final transient KeptOctets octets;

    OctetsIn(Class<T> type, KeptOctets octets) {
      super(type);
      this.type = type;
      this.octets = octets;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (in.currentToken() == JsonToken.VALUE_STRING) {
        return type.cast(Octets.wrap(in.getBinaryValue()));
      }
      String field = in.nextFieldName();
      String name = in.nextTextValue();
      if (!SHA_256.equals(field) || name == null || in.nextToken() != JsonToken.END_OBJECT) {
        throw context.instantiationException(type, "allowed base64 or an object with " + SHA_256);
      }
      return type.cast(octets.read(name));
    }

    @Override
    public Object deserializeWithType(
        JsonParser in, DeserializationContext context, TypeDeserializer type) throws IOException {
      return deserialize(in, context);
    }
  }
}
