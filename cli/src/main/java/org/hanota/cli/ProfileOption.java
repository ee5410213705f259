// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.util.Optional;
import java.util.stream.Stream;
import org.hanota.device.DeviceType;
import org.hanota.hub.HubParameters;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The GB profile by which nodes run. */
public final class ProfileOption {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      converter = Profiles.class,
      description =
          "GB profile: consultation-2018 or secmp0007-2020, which differ in the devices in scope and"
              + " in images in several files. Default: everything is on.")
  private @Nullable GbProfile profile;

  /** The profile, if one is given. */
  public Optional<GbProfile> profile() {
    return Optional.ofNullable(profile);
  }

  /** Whether devices of this type are in scope. */
  public boolean includes(DeviceType type) {
    return profile == null || profile.includes(type);
  }

  /** {@code base} with the values of the profile; what {@code --set} says goes before it. */
  public HubParameters hub(HubParameters base) {
    return profile == null ? base : profile.hub(base);
  }

  /** A profile by its label. */
  static final class Profiles implements ITypeConverter<GbProfile> {
    @Override
    public GbProfile convert(String text) {
      return Stream.of(GbProfile.values())
          .filter(known -> known.label().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + text + "' is no GB profile; allowed are " + GbProfile.labels()));
    }
  }
}
