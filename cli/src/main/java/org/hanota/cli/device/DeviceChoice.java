// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.control.DowngradePermission;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.DeviceCheck;
import org.hanota.cli.ExitCode;
import org.hanota.cli.ProfileOption;
import org.hanota.cli.SetOption;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.device.GbcsConfig;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verifier;
import org.hanota.transport.grpc.GrpcParameter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which devices run: their type and number, their image and what they check of it. */
final class DeviceChoice {
  /** A spread that keeps a crowd of devices from asking in one moment. */
  private static final long JITTER_MS_PER_DEVICE = 2;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "ppmid",
      description =
          "ppmid or ihd, which the hub activates, or with their own keys in --keystore esme, gsme or"
              + " hcalcs, which a command activates (default: ${DEFAULT-VALUE}).")
  private String typeLabel = "";

  @Option(
      names = "--count",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "How many devices (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--first",
      paramLabel = "EUI64",
      defaultValue = "00DB123400000000",
      description = "The first device's address; the others follow (default: ${DEFAULT-VALUE}).")
  private Eui64 first = Eui64.UNKNOWN;

  @Option(
      names = "--image-of",
      paramLabel = "FILE",
      required = true,
      description =
          "An OTA file: the devices have its manufacturer code, image type and hardware and run "
              + "the version before it.")
  private Path imageOf = Path.of("");

  @Option(
      names = "--query-interval",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How often a device asks for an image (default: ${DEFAULT-VALUE}).")
  private long queryInterval;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Everything random follows from it (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--permit-downgrade",
      paramLabel = "REASON",
      description =
          "The devices take an image of a lower version too. Without it the hub's word alone "
              + "permits none.")
  private @Nullable String permitDowngrade;

  @Mixin private final DeviceCheck check = new DeviceCheck();

  @Mixin private final SetOption set = new SetOption();

  @Mixin private final ProfileOption profile = new ProfileOption();

  private Octets file = Octets.EMPTY;
  private Optional<DeviceKeys> keys = Optional.empty();

  int count() {
    return count;
  }

  long seed() {
    return seed;
  }

  /** What was set of the connection. */
  ParameterValues<GrpcParameter> network() {
    return set.values(GrpcParameter.class);
  }

  /** Their addresses, one after the other. */
  List<Eui64> addresses() {
    long start = first.value();
    return LongStream.range(0, count).mapToObj(i -> Eui64.of(start + i)).toList();
  }

  /**
   * Refuses what was typed wrongly.
   *
   * @throws CommandFailed naming the option
   */
  void check() {
    atLeastOne("--count", count);
    atLeastOne("--query-interval", queryInterval);
    long start = first.value();
    if (Long.compareUnsigned(start + count - 1, start) < 0) {
      throw new CommandFailed(ExitCode.USAGE, "--first with --count goes beyond FFFFFFFFFFFFFFFF");
    }
    DeviceType unusedType = type();
    try {
      DeviceParameters unused = parameters();
    } catch (IllegalArgumentException fault) {
      throw new CommandFailed(ExitCode.USAGE, Objects.toString(fault.getMessage()));
    }
  }

  /** Reads the image whose model the devices are. */
  OtaHeader header() throws IOException {
    file = Octets.wrap(Files.readAllBytes(imageOf));
    return header(file);
  }

  /** What the devices check of an image; after {@link #header}. */
  DeviceCheck.Chosen chosen() throws IOException {
    return check.of(imageOf, kind(file));
  }

  /** One of the devices. */
  DeviceConfig config(Eui64 address, OtaHeader header, Verifier verifier, @Nullable Path bankDir)
      throws IOException {
    return DeviceConfig.builder(address, type(), verifier)
        .takes(header)
        .parameters(parameters())
        .downgrade(downgrade())
        .gbcs(gbcs(address, bankDir))
        .build();
  }

  private Optional<GbcsConfig> gbcs(Eui64 address, @Nullable Path bankDir) throws IOException {
    Optional<Path> folder = check.keystore();
    if (folder.isEmpty() || type() == DeviceType.IHD) {
      return Optional.empty();
    }
    if (keys.isEmpty()) {
      keys = Optional.of(DeviceKeys.read(folder.get()));
    }
    return keys.get().of(address, type(), bankDir);
  }

  static void atLeastOne(String option, long value) {
    if (value < 1) {
      throw new CommandFailed(ExitCode.USAGE, option + " is " + value + ", allowed 1 and more");
    }
  }

  /** A PPMID's file does not say what it is. */
  private FileKind kind(Octets file) {
    return FileKind.detect(file)
        .orElse(type() == DeviceType.PPMID ? FileKind.GB_PPMID : FileKind.ZIGBEE);
  }

  private OtaHeader header(Octets file) {
    try {
      return OtaHeader.read(file);
    } catch (FormatException fault) {
      throw CommandFailed.at(imageOf, fault);
    }
  }

  private DeviceType type() {
    DeviceType type =
        DeviceType.ofLabel(typeLabel)
            .orElseThrow(() -> new CommandFailed(ExitCode.USAGE, unknown()));
    if (type.activatedByCommand() && check.keystore().isEmpty()) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--type is \""
              + typeLabel
              + "\", which a command activates: allowed only with its own keys in --keystore");
    }
    if (!profile.includes(type)) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--type is \""
              + typeLabel
              + "\", in scope of the --profile are "
              + profile.profile().orElseThrow().scope());
    }
    return type;
  }

  private String unknown() {
    return "--type is \"" + typeLabel + "\", allowed ppmid, ihd, esme, gsme and hcalcs";
  }

  private DeviceParameters parameters() {
    set.check(List.of(DeviceParameter.class, GrpcParameter.class));
    return set.device(
        DeviceParameters.DEFAULT
            .with(DeviceParameter.MAXIMUM_IMAGE_OCTETS, OtaFile.MAXIMUM_IMAGE_OCTETS)
            .with(DeviceParameter.QUERY_INTERVAL, queryInterval * 1_000)
            .with(DeviceParameter.QUERY_START_JITTER, count * JITTER_MS_PER_DEVICE)
            // A hub that is started after its devices, or comes back, is found as soon as it is
            // asked.
            .with(
                DeviceParameter.DISCOVERY_RETRY,
                Math.min(queryInterval * 1_000, DeviceParameters.DEFAULT.discoveryRetryMs()))
            .with(
                DeviceParameter.END_REQUEST_RETRY,
                Math.min(queryInterval * 1_000, DeviceParameters.DEFAULT.endRequestRetryMs())));
  }

  private Optional<DowngradePermission> downgrade() {
    if (permitDowngrade != null && permitDowngrade.isBlank()) {
      throw new CommandFailed(ExitCode.USAGE, "--permit-downgrade is empty, allowed a reason");
    }
    return Optional.ofNullable(permitDowngrade).map(DowngradePermission::because);
  }
}
