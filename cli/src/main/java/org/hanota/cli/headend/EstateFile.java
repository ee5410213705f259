// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;
import org.hanota.headend.campaign.Member;
import org.hanota.headend.dsp.DspInput;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Listing;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.estate.Registration;
import org.hanota.headend.estate.User;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.request.Coded;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ListingStatus;

/**
 * What a DCC is told of its users, devices and firmware, in JSON: {@code users}, {@code devices},
 * {@code listings} (the Central Products List) and {@code registrations}, each an array of objects.
 *
 * @param inputs what the DSP is told
 * @param receiveServices where each user takes answers and alerts
 * @param cells where each device is on the WAN
 */
record EstateFile(
    List<DspInput> inputs, Map<Eui64, URI> receiveServices, Map<Eui64, Member.Cell> cells) {
  private static final long OCTETS_MAX = 100_000_000;

  /** Where a device is of which nothing else is said. */
  private static final String CENTRAL = "Central";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  /**
   * Reads a file.
   *
   * @throws CommandFailed naming file, place, what was found and what is allowed
   */
  static EstateFile read(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > OCTETS_MAX) {
      throw new CommandFailed(
          file + ": is no file of at most " + OCTETS_MAX + " octets, allowed an estate in JSON");
    }
    JsonNode root;
    try {
      root = JSON.readTree(file.toFile());
    } catch (JacksonException fault) {
      throw new CommandFailed(
          file
              + ", line "
              + (fault.getLocation() == null ? 1 : fault.getLocation().getLineNr())
              + ": "
              + fault.getOriginalMessage());
    }
    List<DspInput> inputs = new ArrayList<>();
    Map<Eui64, URI> services = new TreeMap<>();
    Entry whole = new Entry(file + "", root);
    for (Entry user : whole.entries("users")) {
      Set<UserRole> roles = new TreeSet<>(user.list("roles", UserRole::valueOf));
      Eui64 id = user.value("id", Eui64::parse);
      inputs.add(new DspInput.UserKnown(User.of(id, roles.toArray(new UserRole[0]))));
      user.optional("receive", EstateFile::service).ifPresent(address -> services.put(id, address));
      user.end();
    }
    Map<Eui64, Member.Cell> cells = new TreeMap<>();
    whole.entries("devices").forEach(device -> inputs.add(device(device, cells)));
    whole.entries("listings").forEach(listing -> inputs.add(listing(listing)));
    for (Entry each : whole.entries("registrations")) {
      inputs.add(
          new DspInput.Registered(
              new Registration(
                  each.value("mpxn", text -> text), each.value("supplier", Eui64::parse))));
      each.end();
    }
    whole.end();
    return new EstateFile(List.copyOf(inputs), services, cells);
  }

  private static DspInput device(Entry in, Map<Eui64, Member.Cell> cells) {
    List<Device.Responsible> responsible = new ArrayList<>();
    for (Entry each : in.entries("responsible")) {
      responsible.add(
          new Device.Responsible(
              each.value("user", Eui64::parse), each.value("role", UserRole::valueOf)));
      each.end();
    }
    Device device =
        new Device(
            in.value("id", Eui64::parse),
            in.value("type", coded(DeviceType.class)),
            Device.Standing.of(
                in.optional("status", coded(DeviceStatus.class)).orElse(DeviceStatus.COMMISSIONED)),
            model(in),
            in.optional("firmware", EstateFile::version),
            in.value("hub", Eui64::parse),
            responsible,
            in.optional("capability", Device.Capability::valueOf)
                .orElse(Device.Capability.UPDATABLE));
    cells.put(
        device.id(),
        new Member.Cell(
            in.optional("region", text -> text).orElse(CENTRAL),
            in.optional("cell", text -> text).orElse("")));
    in.end();
    return new DspInput.DeviceKnown(device);
  }

  private static DspInput listing(Entry in) {
    Listing listing =
        new Listing(
            model(in),
            in.value("type", coded(DeviceType.class)),
            in.value("image", EstateFile::image),
            in.value("hash", Octets::fromHex),
            in.optional("status", coded(ListingStatus.class)).orElse(ListingStatus.ACTIVE),
            new TreeSet<>(in.list("predecessors", EstateFile::version)),
            in.optional("reason", ReasonClass::valueOf).orElse(ReasonClass.FUNCTION));
    in.end();
    return new DspInput.Listed(listing);
  }

  /** Where answers can be pushed to. */
  private static URI service(String text) {
    URI address = URI.create(text);
    if (address.getHost() == null
        || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
      throw new IllegalArgumentException("allowed as in https://localhost:8443/receive");
    }
    return address;
  }

  private static Device.Model model(Entry in) {
    return new Device.Model(
        in.value("manufacturer", text -> text),
        in.value("model", text -> text),
        in.value("gbcsVersion", text -> text));
  }

  private static FileVersion version(String text) {
    return new FileVersion(Long.parseLong(text, 16));
  }

  /** As people write it: manufacturer, image type and version. */
  private static ImageId image(String text) {
    String[] parts = text.split("-", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("allowed three numbers, as in 121D-0400-01010000");
    }
    return ImageId.of(
        Integer.parseInt(parts[0], 16),
        Integer.parseInt(parts[1], 16),
        Long.parseLong(parts[2], 16));
  }

  private static <E extends Enum<E> & Coded> Function<String, E> coded(Class<E> type) {
    return text -> {
      for (E each : type.getEnumConstants()) {
        if (each.word().equals(text)) {
          return each;
        }
      }
      throw new IllegalArgumentException("allowed one of " + List.of(type.getEnumConstants()));
    };
  }

  /** An object of the file, with its place for errors. */
  private static final class Entry {
    private final String place;
    private final JsonNode node;
    private final Set<String> known = new TreeSet<>();

    Entry(String place, JsonNode node) {
      if (!node.isObject()) {
        throw new CommandFailed(place + ": is no object");
      }
      this.place = place;
      this.node = node;
    }

    private JsonNode field(String name) {
      known.add(name);
      return node.path(name);
    }

    /** Everything was asked for; what else stands there would be passed over, and so is refused. */
    void end() {
      node.fieldNames()
          .forEachRemaining(
              name -> {
                if (!known.contains(name)) {
                  throw new CommandFailed(place + ": has \"" + name + "\", allowed " + known);
                }
              });
    }

    List<Entry> entries(String name) {
      List<Entry> entries = new ArrayList<>();
      JsonNode array = array(name);
      for (int i = 0; i < array.size(); i++) {
        entries.add(new Entry(place + ", " + name + "[" + i + "]", array.get(i)));
      }
      return entries;
    }

    private JsonNode array(String name) {
      JsonNode array = field(name);
      if (!array.isMissingNode() && !array.isArray()) {
        throw new CommandFailed(place + ": " + name + " is no array");
      }
      return array;
    }

    <T> T value(String name, Function<String, T> parse) {
      return optional(name, parse).orElseThrow(() -> new CommandFailed(place + ": has no " + name));
    }

    <T> Optional<T> optional(String name, Function<String, T> parse) {
      JsonNode found = field(name);
      return found.isMissingNode() ? Optional.empty() : Optional.of(parsed(name, found, parse));
    }

    <T> List<T> list(String name, Function<String, T> parse) {
      List<T> all = new ArrayList<>();
      array(name).forEach(each -> all.add(parsed(name, each, parse)));
      return all;
    }

    private <T> T parsed(String name, JsonNode found, Function<String, T> parse) {
      try {
        if (!found.isTextual()) {
          throw new IllegalArgumentException("allowed text");
        }
        return parse.apply(found.textValue());
      } catch (RuntimeException fault) {
        throw new CommandFailed(place + ": " + name + " is " + found + ": " + fault.getMessage());
      }
    }
  }
}
