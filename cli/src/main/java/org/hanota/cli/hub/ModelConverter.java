// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.Width;
import org.hanota.hub.catalogue.ModelProfile;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code MMMM=OCTETS} or {@code MMMM-TTTT=OCTETS}: the longest block for a model. */
final class ModelConverter implements ITypeConverter<ModelProfile> {
  private static final Pattern MODEL =
      Pattern.compile("([0-9A-Fa-f]{4})(?:-([0-9A-Fa-f]{4}))?=(\\d{1,3})");

  @Override
  public ModelProfile convert(String text) {
    Matcher matcher = MODEL.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no model and size; as in 1166=40 or 1021-0010=64");
    }
    int octets = Integer.parseInt(matcher.group(3));
    if (octets < 1 || octets > Width.UINT8_MAX) {
      throw new TypeConversionException(
          "'" + text + "' has " + octets + " octets, allowed 1 to " + Width.UINT8_MAX);
    }
    String type = matcher.group(2);
    return new ModelProfile(
        new ManufacturerCode(Integer.parseInt(matcher.group(1), 16)),
        type == null ? ImageType.WILD_CARD : new ImageType(Integer.parseInt(type, 16)),
        octets);
  }
}
