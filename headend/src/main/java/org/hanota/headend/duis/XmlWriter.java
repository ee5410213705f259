// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.headend.request.Coded;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.MessageId;

/**
 * Writes elements of DUIS in the very form that exclusive canonicalization gives, so that what is
 * written is what is digested.
 */
final class XmlWriter {
  private static final String PREFIX = "sr";
  private final StringBuilder out = new StringBuilder();
  private final List<String> open = new ArrayList<>();

  /** Begins the root, which declares the namespace. */
  XmlWriter root(String name, String schemaVersion) {
    open.add(PREFIX + ":" + name);
    out.append('<').append(PREFIX).append(':').append(name);
    out.append(" xmlns:").append(PREFIX).append("=\"").append(Element.DUIS).append('"');
    out.append(" schemaVersion=\"").append(attribute(schemaVersion)).append("\">");
    return this;
  }

  XmlWriter start(String name) {
    open.add(PREFIX + ":" + name);
    out.append('<').append(PREFIX).append(':').append(name).append('>');
    return this;
  }

  XmlWriter end() {
    out.append("</").append(open.remove(open.size() - 1)).append('>');
    return this;
  }

  XmlWriter text(String name, String text) {
    start(name);
    out.append(escaped(name, text));
    return end();
  }

  XmlWriter text(String name, Optional<String> text) {
    text.ifPresent(value -> text(name, value));
    return this;
  }

  XmlWriter number(String name, long number) {
    return text(name, Long.toString(number));
  }

  XmlWriter number(String name, Optional<Long> number) {
    number.ifPresent(value -> number(name, value));
    return this;
  }

  XmlWriter bool(String name, boolean value) {
    return text(name, Boolean.toString(value));
  }

  XmlWriter flag(String name, boolean present) {
    return present ? start(name).end() : this;
  }

  XmlWriter base64(String name, Octets octets) {
    return text(name, Base64.getEncoder().encodeToString(octets.toByteArray()));
  }

  XmlWriter hex(String name, Octets octets) {
    return text(name, octets.toHex().toUpperCase(Locale.ROOT));
  }

  XmlWriter eui(String name, Eui64 eui) {
    return text(name, MessageId.dashed(eui));
  }

  XmlWriter euis(String name, List<Eui64> euis) {
    return text(name, euis.stream().map(MessageId::dashed).collect(Collectors.joining(",")));
  }

  XmlWriter time(String name, Instant time) {
    return text(name, time.toString());
  }

  XmlWriter time(String name, Optional<Instant> time) {
    time.ifPresent(value -> time(name, value));
    return this;
  }

  XmlWriter executionDateTime(ExecutionDateTime time) {
    return time("ExecutionDateTime", time.at());
  }

  XmlWriter id(String name, MessageId id) {
    return text(name, id.toString());
  }

  XmlWriter id(String name, Optional<MessageId> id) {
    id.ifPresent(value -> id(name, value));
    return this;
  }

  XmlWriter coded(String name, Coded value) {
    return text(name, value.word());
  }

  /** {@code value} in units of one divided by ten to the power of {@code digits}. */
  XmlWriter decimal(String name, int value, int digits) {
    return text(name, BigDecimal.valueOf(value, digits).toPlainString());
  }

  /** An element as it was read, within the namespace that the root declared. */
  XmlWriter carried(Element element) {
    return element(element, Element.DUIS);
  }

  /** What was written. */
  Octets octets() {
    if (!open.isEmpty()) {
      throw new AssertionError("not ended: " + open);
    }
    return Octets.wrap(out.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** {@code element} as a document of its own. */
  static Octets document(Element element) {
    return new XmlWriter().element(element, "").octets();
  }

  private XmlWriter element(Element element, String around) {
    boolean own = element.namespace().equals(Element.DUIS);
    String name = own ? PREFIX + ":" + element.name() : element.name();
    out.append('<').append(name);
    if (own && !around.equals(Element.DUIS)) {
      out.append(" xmlns:").append(PREFIX).append("=\"").append(Element.DUIS).append('"');
    } else if (!own && !around.equals(element.namespace())) {
      out.append(" xmlns=\"").append(attribute(element.namespace())).append('"');
    }
    for (int i = 0; i < element.attributes().size(); i++) {
      write(element.attributes().get(i), "a" + i);
    }
    out.append('>').append(escaped(element.name(), element.text()));
    element.children().forEach(child -> element(child, element.namespace()));
    out.append("</").append(name).append('>');
    return this;
  }

  private void write(Element.Attribute attribute, String prefix) {
    out.append(' ');
    if (attribute.namespace().equals(XMLConstants.XML_NS_URI)) {
      out.append("xml:");
    } else if (!attribute.namespace().isEmpty()) {
      out.append("xmlns:").append(prefix).append("=\"").append(attribute(attribute.namespace()));
      out.append("\" ").append(prefix).append(':');
    }
    out.append(attribute.name()).append("=\"").append(attribute(attribute.value())).append('"');
  }

  private static String escaped(String name, String text) {
    checkCharacters(name, text);
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      switch (each) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '\r' -> escaped.append("&#xD;");
        default -> escaped.append(each);
      }
    }
    return escaped.toString();
  }

  private static String attribute(String text) {
    return escaped("attribute", text)
        .replace("&gt;", ">")
        .replace("\"", "&quot;")
        .replace("\t", "&#x9;")
        .replace("\n", "&#xA;");
  }

  /** XML has no way to say most control characters, nor half of a pair of surrogates. */
  private static void checkCharacters(String name, String text) {
    text.codePoints()
        .filter(
            each ->
                (each < ' ' && "\t\n\r".indexOf(each) < 0)
                    || (each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE)
                    || each == 0xFFFE
                    || each == 0xFFFF)
        .findFirst()
        .ifPresent(
            each -> {
              throw new IllegalArgumentException(
                  "%s has the character U+%04X, which XML cannot carry".formatted(name, each));
            });
  }
}
