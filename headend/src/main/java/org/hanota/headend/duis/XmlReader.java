// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.jspecify.annotations.Nullable;

/** Reads well-formed XML in UTF-8, without document type, entities or processing instructions. */
final class XmlReader {
  /**
   * Largest message: an image and a list of devices of full size, base64 in lines, and the rest.
   */
  static final int OCTETS_MAX = 16 * 1024 * 1024;

  /** DUIS nests less than half as deep; the parser's and our stack are safe. */
  static final int DEPTH_MAX = 40;

  /** More than any message of DUIS has. */
  static final int ELEMENTS_MAX = 20_000;

  /** More than any element of DUIS has. */
  static final int ATTRIBUTES_MAX = 16;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final XMLStreamReader in;
  private final int length;
  private int elements;

  private XmlReader(XMLStreamReader in, int length) {
    this.in = in;
    this.length = length;
  }

  /**
   * Reads one document.
   *
   * @throws FormatException if {@code octets} are not such a document
   */
  static Element read(Octets octets) {
    if (octets.length() > OCTETS_MAX) {
      throw new FormatException(
          "message", OCTETS_MAX, octets.length() + " octets", "at most " + OCTETS_MAX);
    }
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("external entity");
        });
    try {
      XMLStreamReader in = factory.createXMLStreamReader(new StringReader(text(octets)));
      return new XmlReader(in, octets.length()).document();
    } catch (XMLStreamException e) {
      throw malformed(e, octets.length());
    }
  }

  private Element document() throws XMLStreamException {
    String encoding = in.getCharacterEncodingScheme();
    if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
      throw refused("encoding", encoding, "UTF-8");
    }
    if (in.getVersion() != null && !in.getVersion().equals("1.0")) {
      throw refused("XML version", in.getVersion(), "1.0");
    }
    while (in.next() != XMLStreamConstants.START_ELEMENT) {
      checkBetween();
    }
    Element root = element(1);
    while (in.hasNext()) {
      in.next();
      checkBetween();
    }
    return root;
  }

  private static String text(Octets octets) {
    ByteBuffer in = octets.asByteBuffer();
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(in).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new FormatException("encoding", in.position(), "octets of another one", "UTF-8");
    }
  }

  private Element element(int depth) throws XMLStreamException {
    elements++;
    if (depth > DEPTH_MAX) {
      throw refused("depth of elements", depth + " at " + in.getLocalName(), "1 to " + DEPTH_MAX);
    }
    if (elements > ELEMENTS_MAX) {
      throw refused("number of elements", elements + " and more", "1 to " + ELEMENTS_MAX);
    }
    String name = in.getLocalName();
    String namespace = text(in.getNamespaceURI());
    List<Element.Attribute> attributes = attributes();
    int offset = in.getLocation().getCharacterOffset();
    List<Element> children = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    while (in.next() != XMLStreamConstants.END_ELEMENT) {
      switch (in.getEventType()) {
        case XMLStreamConstants.START_ELEMENT -> children.add(element(depth + 1));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(in.getTextCharacters(), in.getTextStart(), in.getTextLength());
        default -> checkBetween();
      }
    }
    if (!children.isEmpty() && !text.toString().isBlank()) {
      throw new FormatException(
          name, offset, "text " + Fields.quoted(text.toString().strip()), "elements only");
    }
    return new Element(
        namespace,
        name,
        attributes,
        children.isEmpty() ? text.toString() : "",
        List.copyOf(children),
        offset);
  }

  private List<Element.Attribute> attributes() {
    int count = in.getAttributeCount();
    if (count > ATTRIBUTES_MAX) {
      throw refused("attributes of " + in.getLocalName(), count + "", "0 to " + ATTRIBUTES_MAX);
    }
    List<Element.Attribute> attributes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      attributes.add(
          new Element.Attribute(
              text(in.getAttributeNamespace(i)),
              in.getAttributeLocalName(i),
              in.getAttributeValue(i)));
    }
    return List.copyOf(attributes);
  }

  /** Beside elements and text only comments may stand, which nobody signs and nobody obeys. */
  private void checkBetween() {
    switch (in.getEventType()) {
      case XMLStreamConstants.COMMENT,
          XMLStreamConstants.CHARACTERS,
          XMLStreamConstants.SPACE,
          XMLStreamConstants.END_DOCUMENT -> {}
      case XMLStreamConstants.DTD ->
          throw refused("document type", "a DOCTYPE", "none: entities are not expanded");
      case XMLStreamConstants.ENTITY_REFERENCE ->
          throw refused("entity", "&" + in.getLocalName() + ";", "none");
      case XMLStreamConstants.PROCESSING_INSTRUCTION ->
          throw refused("processing instruction", in.getPITarget(), "none");
      default -> throw new AssertionError("event " + in.getEventType() + " of the XML parser");
    }
  }

  private FormatException refused(String field, String found, String allowed) {
    return new FormatException(field, offset(in.getLocation(), length), found, allowed);
  }

  /**
   * The parser counts a document that ends too early twice, and knows no place before its start.
   */
  private static int offset(@Nullable Location location, int length) {
    return location == null ? 0 : Math.max(0, Math.min(location.getCharacterOffset(), length));
  }

  private static FormatException malformed(XMLStreamException e, int length) {
    String message = String.valueOf(e.getMessage());
    int text = message.indexOf("Message: ");
    FormatException malformed =
        new FormatException(
            "XML",
            offset(e.getLocation(), length),
            Fields.quoted(text < 0 ? message : message.substring(text + "Message: ".length())),
            "well-formed XML");
    malformed.initCause(e);
    return malformed;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
