// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hanota.api.FormatException;
import org.hanota.headend.request.IllegalField;

/**
 * How one kind of content is read and written.
 *
 * @param name its element
 * @param type its record
 * @param read from the element's children
 * @param write the element's children
 */
record Form<T>(
    String name, Class<T> type, Function<Fields, T> read, BiConsumer<T, XmlWriter> write) {

  /** The content in {@code element}. */
  T read(Element element) {
    Fields fields = new Fields(element);
    T content = built(element, () -> read.apply(fields));
    fields.end();
    return content;
  }

  /** Writes {@code content} with its element. */
  void write(Object content, XmlWriter out) {
    out.start(name);
    write.accept(type.cast(content), out);
    out.end();
  }

  /** The one of {@code forms} for {@code element}. */
  static <T> Optional<Form<? extends T>> of(List<Form<? extends T>> forms, Element element) {
    return forms.stream().filter(form -> element.is(form.name)).findFirst();
  }

  /** The one of {@code forms} for {@code content}. */
  static <T> Form<? extends T> of(List<Form<? extends T>> forms, Object content) {
    return forms.stream()
        .filter(form -> form.type.isInstance(content))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no form of " + content.getClass()));
  }

  /** What a record does not take is the message's fault. */
  static <T> T built(Element element, Supplier<T> build) {
    try {
      return build.get();
    } catch (IllegalField e) {
      FormatException fault =
          new FormatException(
              element.name() + "/" + e.field(), element.offset(), e.found(), e.allowed());
      fault.initCause(e);
      throw fault;
    }
  }
}
