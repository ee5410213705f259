// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.headend.request.Coded;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.IllegalField;

/** Takes the children of an element in their order, each by its name. */
final class Fields {
  private static final int SHOWN = 60;
  private static final int BASE64_GROUP = 4;

  private final Element parent;
  private int next;

  Fields(Element parent) {
    this.parent = parent;
  }

  /** The element whose children these are. */
  Element parent() {
    return parent;
  }

  /** Text as it may stand in a complaint. */
  static String quoted(String text) {
    String line = text.replaceAll("\\s+", " ");
    return '"' + (line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line) + '"';
  }

  /** Whether the next child is the {@code name} of DUIS. */
  boolean has(String name) {
    return next < parent.children().size() && parent.children().get(next).is(name);
  }

  /** The name of the next child, if there is one. */
  Optional<String> nextName() {
    return next < parent.children().size()
        ? Optional.of(parent.children().get(next).name())
        : Optional.empty();
  }

  /** The next child, whatever its name among those of {@code namespace} is. */
  Element any(String namespace, String allowed) {
    if (next >= parent.children().size()) {
      throw new FormatException(parent.name(), parent.offset(), "nothing more", allowed);
    }
    Element child = parent.children().get(next);
    if (!child.namespace().equals(namespace)) {
      throw new FormatException(
          parent.name(),
          child.offset(),
          child.name() + " of the namespace " + quoted(child.namespace()),
          allowed + " of " + namespace);
    }
    next++;
    return child;
  }

  /** The next child, which must be the {@code name} of DUIS without attributes. */
  Element child(String name) {
    Element child = any(Element.DUIS, name);
    if (!child.is(name)) {
      throw new FormatException(parent.name(), child.offset(), child.name(), name);
    }
    noAttributes(child);
    return child;
  }

  /** The children of the next child. */
  Fields group(String name) {
    return new Fields(child(name)).grouped();
  }

  /** An element without content, if the next child is one of that name. */
  boolean flag(String name) {
    if (!has(name)) {
      return false;
    }
    group(name).end();
    return true;
  }

  /** Nothing may follow. */
  void end() {
    if (next < parent.children().size()) {
      Element more = parent.children().get(next);
      throw new FormatException(parent.name(), more.offset(), more.name(), "nothing more");
    }
  }

  /** The next child's text, as a value. */
  <T> T value(String name, Function<String, T> parse) {
    Element child = child(name);
    if (!child.children().isEmpty()) {
      throw new FormatException(name, child.offset(), "elements", "text");
    }
    try {
      return parse.apply(child.text());
    } catch (IllegalField e) {
      throw new FormatException(path(name), child.offset(), e.found(), e.allowed());
    } catch (FormatException e) { // Of octets in hexadecimal.
      throw new FormatException(path(name), child.offset(), e.found(), e.allowed());
    }
  }

  <T> Optional<T> optional(String name, Function<String, T> parse) {
    return has(name) ? Optional.of(value(name, parse)) : Optional.empty();
  }

  String text(String name) {
    return value(name, Function.identity());
  }

  Octets base64(String name) {
    return value(name, Fields::base64Of);
  }

  Octets hex(String name) {
    return value(name, text -> Octets.fromHex(text.strip().toLowerCase(Locale.ROOT)));
  }

  Eui64 eui(String name) {
    return value(name, Fields::euiOf);
  }

  List<Eui64> euis(String name) {
    return value(
        name,
        text -> {
          List<Eui64> euis = new ArrayList<>();
          for (String each : text.split(",", -1)) {
            euis.add(euiOf(each));
          }
          return euis;
        });
  }

  Instant time(String name) {
    return value(name, Fields::timeOf);
  }

  ExecutionDateTime executionDateTime() {
    return new ExecutionDateTime(optional("ExecutionDateTime", Fields::timeOf));
  }

  boolean bool(String name) {
    return value(
        name,
        text ->
            switch (text.strip()) {
              case "true", "1" -> true;
              case "false", "0" -> false;
              default -> throw new IllegalField(name, quoted(text), "true, false");
            });
  }

  long number(String name) {
    return value(name, Fields::numberOf);
  }

  int integer(String name) {
    return value(
        name,
        text -> {
          long number = numberOf(text);
          if (number != (int) number) {
            throw new IllegalField(name, text, "at most " + Integer.MAX_VALUE);
          }
          return (int) number;
        });
  }

  /** A decimal number in units of one divided by ten to the power of {@code digits}. */
  int decimal(String name, int digits) {
    return value(
        name,
        text -> {
          String number = text.strip();
          // Longer ones are beyond every field of DUIS; an exponent is no xs:decimal.
          if (!number.matches("[+-]?([0-9]{1,9}(\\.[0-9]{0,9})?|\\.[0-9]{1,9})")) {
            throw new IllegalField(name, quoted(text), "a decimal number");
          }
          try {
            return new BigDecimal(number).scaleByPowerOfTen(digits).intValueExact();
          } catch (ArithmeticException e) {
            throw new IllegalField(name, number, "at most " + digits + " digits after the point");
          }
        });
  }

  <E extends Enum<E> & Coded> E coded(String name, Class<E> type) {
    return value(name, text -> Coded.of(type, text));
  }

  static long numberOf(String text) {
    String number = text.strip();
    if (number.matches("[0-9]{1,19}")) {
      try {
        return Long.parseLong(number);
      } catch (NumberFormatException e) {
        // Falls to the complaint below: it is beyond a long.
      }
    }
    throw new IllegalField("number", quoted(text), "a whole number, 0 to " + Long.MAX_VALUE);
  }

  static Eui64 euiOf(String text) {
    if (!text.matches("[0-9A-Fa-f]{2}(-[0-9A-Fa-f]{2}){7}")) {
      throw new IllegalField("EUI-64", quoted(text), "as in 00-DB-12-34-56-78-90-A0");
    }
    return Eui64.parse(text);
  }

  static Instant timeOf(String text) {
    String time = text.strip();
    try {
      if (!time.matches("[0-9]{4}-.*")) { // A year of five digits is written in two ways.
        throw new DateTimeException("year");
      }
      return OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalField(
          "date and time", quoted(text), "with an offset, as in 2030-01-15T09:00:00.00Z");
    }
  }

  static Octets base64Of(String text) {
    String letters = text.replaceAll("[ \\t\\r\\n]+", "");
    try {
      byte[] octets = Base64.getDecoder().decode(letters);
      // The decoder takes groups that are not whole and bits that say nothing: two texts, one
      // value.
      int last = octets.length - octets.length % (BASE64_GROUP - 1);
      byte[] rest = Arrays.copyOfRange(octets, last, octets.length);
      if (letters.length() % BASE64_GROUP == 0
          && letters.endsWith(Base64.getEncoder().encodeToString(rest))) {
        return Octets.wrap(octets);
      }
    } catch (IllegalArgumentException e) {
      // Falls to the complaint below: the text is at fault.
    }
    throw new IllegalField("octets", quoted(text.strip()), "base64");
  }

  private Fields grouped() {
    if (!parent.text().isBlank()) {
      throw new FormatException(
          parent.name(), parent.offset(), "text " + quoted(parent.text().strip()), "elements only");
    }
    return this;
  }

  private String path(String name) {
    return parent.name() + "/" + name;
  }

  private static void noAttributes(Element element) {
    for (Element.Attribute each : element.attributes()) {
      throw new FormatException(
          element.name(), element.offset(), "the attribute " + each.name(), "no attributes");
    }
  }
}
