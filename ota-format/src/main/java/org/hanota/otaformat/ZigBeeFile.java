// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSink;
import org.hanota.api.OctetSource;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.keys.P256Signer;

/** A plain ZigBee OTA file: header and elements. [ZCL 11.4] */
public final class ZigBeeFile implements OtaFile {
  private final OctetSource file;
  private final OtaHeader header;
  private final Elements elements;

  private ZigBeeFile(OctetSource file, OtaHeader header, Elements elements) {
    this.file = file;
    this.header = header;
    this.elements = elements;
  }

  /**
   * Reads {@code file} strictly.
   *
   * @throws FormatException if header or sizes are wrong, an element runs past the end, or octets
   *     are left over behind the last
   */
  public static ZigBeeFile read(OctetSource file) {
    OtaHeader header = Strict.header(file);
    return new ZigBeeFile(file, header, Strict.elements(file, header));
  }

  /** Starts a file; its sizes are computed. */
  public static Builder builder(OtaHeader header) {
    return new Builder(header);
  }

  @Override
  public OtaHeader header() {
    return header;
  }

  @Override
  public FileKind kind() {
    return FileKind.ZIGBEE;
  }

  @Override
  public OctetSource octets() {
    return file;
  }

  /** The elements in their order. */
  public Elements elements() {
    return elements;
  }

  /** The data of the first element with tag 0x0000. */
  public Optional<OctetSource> upgradeImage() {
    return elements.first(ElementTag.UPGRADE_IMAGE).map(Element::data);
  }

  /** The manufacturer's signature of format 2, unchecked, where it is the last element. */
  Optional<ManufacturerSignature> manufacturerSignature() {
    return elements
        .last()
        .filter(ManufacturerSignature::isElement)
        .flatMap(last -> ManufacturerSignature.of(file, header, file.size()));
  }

  @Override
  public void write(OctetSink sink) {
    sink.accept(header.write());
    for (Element element : elements) {
      sink.accept(element.header());
      sink.acceptAll(element.data());
    }
  }

  /** Collects elements; refuses those that would make an illegal file. */
  public static final class Builder {
    private final OtaHeader header;
    private final List<ElementTag> tags = new ArrayList<>();
    private final List<Octets> data = new ArrayList<>();
    private Optional<IntegrityCode.Range> integrity = Optional.empty();
    private Optional<ImplicitCertificate> certificate = Optional.empty();
    private Optional<P256Signer> manufacturer = Optional.empty();
    private UnaryOperator<Octets> signing = UnaryOperator.identity();

    private Builder(OtaHeader header) {
      header.demandLegal();
      this.header = header;
    }

    /** Adds the image itself. */
    public Builder upgradeImage(Octets image) {
      return element(ElementTag.UPGRADE_IMAGE, image);
    }

    /**
     * Adds an element that is neither integrity code nor signature nor certificate.
     *
     * @throws IllegalArgumentException if the tag is one of those, reserved or already used
     */
    public Builder element(ElementTag tag, Octets octets) {
      boolean plain =
          tag.equals(ElementTag.UPGRADE_IMAGE)
              || tag.equals(ElementTag.PICTURE)
              || (tag.isManufacturerSpecific() && !tag.equals(ManufacturerSignature.TAG));
      if (!plain) {
        throw new IllegalArgumentException(
            "tag " + tag + " is reserved, or made by integrityCode, sign and signAsManufacturer");
      }
      if (tags.contains(tag)) {
        throw new IllegalArgumentException("tag " + tag + " is used twice");
      }
      tags.add(tag);
      data.add(octets);
      return this;
    }

    /** Ends the elements with an integrity code over {@code range}; a signature may follow it. */
    public Builder integrityCode(IntegrityCode.Range range) {
      integrity = Optional.of(range);
      return this;
    }

    /** Ends the file with certificate and signature of {@code signer}. */
    public Builder sign(ZigBeeSigner signer) {
      return sign(signer.certificate(), signer.key()::sign);
    }

    /**
     * Ends the file with {@code subject} and a signature made elsewhere.
     *
     * @param signing makes r || s from the digest of 16 octets
     */
    public Builder sign(ImplicitCertificate subject, UnaryOperator<Octets> signing) {
      this.certificate = Optional.of(subject);
      this.signing = signing;
      return this;
    }

    /** Ends the file with the signature of format 2 of {@link ManufacturerSignature}. */
    public Builder signAsManufacturer(P256Signer key) {
      manufacturer = Optional.of(key);
      return this;
    }

    /**
     * The file.
     *
     * @throws IllegalArgumentException if it would be too long for an array, the signature made
     *     elsewhere has a wrong length, or two signatures would have to be the last element
     */
    public ZigBeeFile build() {
      if (certificate.isPresent() && manufacturer.isPresent()) {
        throw new IllegalArgumentException(
            "sign and signAsManufacturer each end the file and cover all of it; use one");
      }
      long body = bodyOctets();
      if (header.headerLength() + body > Integer.MAX_VALUE - Long.BYTES) {
        throw new IllegalArgumentException(body + " octets of elements are too many for an array");
      }
      OctetWriter out = new OctetWriter((int) (header.headerLength() + body));
      out.octets(header.withBodyOf(body).write());
      for (int i = 0; i < tags.size(); i++) {
        head(out, tags.get(i), data.get(i).length()).octets(data.get(i));
      }
      integrity.ifPresent(range -> writeIntegrityCode(out, range));
      certificate.ifPresent(subject -> writeSignature(out, subject));
      manufacturer.ifPresent(key -> out.octets(ManufacturerSignature.element(out.view(), key)));
      return read(out.view());
    }

    private long bodyOctets() {
      long body = integrity.isPresent() ? Element.HEADER_LENGTH + AesMmo.LENGTH : 0;
      for (Octets octets : data) {
        body += Element.HEADER_LENGTH + (long) octets.length();
      }
      if (certificate.isPresent()) {
        CryptoSuite suite = certificate.get().suite();
        body += Element.HEADER_LENGTH + suite.certificateLength();
        body += Element.HEADER_LENGTH + suite.signatureElementLength();
      }
      if (manufacturer.isPresent()) {
        body += ManufacturerSignature.ELEMENT_LENGTH;
      }
      return body;
    }

    private static void writeIntegrityCode(OctetWriter out, IntegrityCode.Range range) {
      Octets before = out.view();
      head(out, ElementTag.INTEGRITY_CODE, AesMmo.LENGTH);
      out.octets(AesMmo.of(range == IntegrityCode.Range.TAG_EXCLUDED ? before : out.view()));
    }

    private void writeSignature(OctetWriter out, ImplicitCertificate subject) {
      CryptoSuite suite = subject.suite();
      head(out, suite.certificateTag(), suite.certificateLength()).octets(subject.octets());
      head(out, suite.signatureTag(), suite.signatureElementLength());
      out.octets(ZigBeeSignature.signerOctets(subject.subject()));
      Octets signature = signing.apply(AesMmo.of(out.view()));
      if (signature.length() != suite.signatureLength()) {
        throw new IllegalArgumentException(
            "signature has %d octets, allowed %d"
                .formatted(signature.length(), suite.signatureLength()));
      }
      out.octets(signature);
    }

    private static OctetWriter head(OctetWriter out, ElementTag tag, int length) {
      return out.uint16le(tag.value()).uint32le(length);
    }
  }
}
