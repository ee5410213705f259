// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.hanota.api.Octets;
import org.hanota.testing.Shared;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.SAXException;

/** The schema of DUIS 5.4, where it is at hand. */
final class DuisSchema {
  private final Schema schema;

  private DuisSchema(Schema schema) {
    this.schema = schema;
  }

  /** Skips the calling test where the schema is absent. */
  static DuisSchema require() throws SAXException {
    Path file = Shared.require("vectors/duis/DUIS Schema V5.4.xsd");
    SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
    factory.setResourceResolver(
        (type, namespace, publicId, systemId, base) -> beside(file, publicId, systemId));
    return new DuisSchema(factory.newSchema(file.toFile()));
  }

  /** The schema of signatures names files of the W3C, which lie beside it. */
  private static LSInput beside(Path schema, @Nullable String publicId, String systemId) {
    Path file = schema.resolveSibling(systemId.substring(systemId.lastIndexOf('/') + 1));
    try {
      LSInput input =
          ((DOMImplementationLS) DOMImplementationRegistry.newInstance().getDOMImplementation("LS"))
              .createLSInput();
      input.setPublicId(publicId);
      input.setSystemId(file.toUri().toString());
      input.setByteStream(new ByteArrayInputStream(Files.readAllBytes(file)));
      return input;
    } catch (IOException | ReflectiveOperationException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }

  void check(Octets message) throws SAXException, IOException {
    schema
        .newValidator()
        .validate(new StreamSource(new ByteArrayInputStream(message.toByteArray())));
  }
}
