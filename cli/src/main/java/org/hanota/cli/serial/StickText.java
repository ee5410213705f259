// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.hanota.api.Width;
import org.hanota.transport.serial.stick.Network;
import org.hanota.transport.serial.stick.StickEvent;

/** What happens to a stick, in words and as JSON. */
public final class StickText {
  private StickText() {}

  /** One line without its end; times of the next attempt are left out, so that equals are equal. */
  public static String of(StickEvent event) {
    if (event instanceof StickEvent.Started e) {
      Network network = e.network();
      return "stick runs: "
          + e.firmware()
          + ", network "
          + Width.hex(network.panId(), 4)
          + " on channel "
          + network.channel();
    } else if (event instanceof StickEvent.PortLost e) {
      return "stick: " + e.reason() + "; tried again until it is back";
    } else if (event instanceof StickEvent.StartFailed e) {
      return "stick does not start: " + e.reason() + "; tried again";
    } else if (event instanceof StickEvent.StartRefused e) {
      return "stick cannot be used: " + e.reason();
    } else if (event instanceof StickEvent.Restarted e) {
      return "stick restarted by itself, reason " + e.reason();
    } else if (event instanceof StickEvent.DeviceSeen e) {
      return e.address() + "  is in the network at " + Width.hex(e.shortAddress(), 4);
    } else if (event instanceof StickEvent.DeviceLeft e) {
      return e.address() + "  left the network";
    } else if (event instanceof StickEvent.JoiningPermitted e) {
      return e.seconds() == 0
          ? "network closed for new devices"
          : "network open for new devices for " + e.seconds() + " s";
    } else if (event instanceof StickEvent.OtherProfile e) {
      return e.address()
          + "  speaks "
          + profile(e.profileId())
          + ", which this hub does not: it will hear nothing";
    } else if (event instanceof StickEvent.Warning e) {
      return "stick: " + e.words();
    } else if (event instanceof StickEvent.Crowded e) {
      return e.address()
          + "  sends more than its turns allow: "
          + e.messages()
          + (e.messages() == 1 ? " message of it was" : " messages of it were")
          + " not heard";
    } else if (event instanceof StickEvent.Refused e) {
      return "stick refused " + e.request() + ": " + e.reason();
    }
    return "stick: port open";
  }

  private static String profile(int profileId) {
    for (StickOptions.Profile profile : StickOptions.Profile.values()) {
      if (profile.id() == profileId) {
        return profile.words()
            + " (--application-profile "
            + profile.name().toLowerCase(Locale.ROOT)
            + ")";
      }
    }
    return "profile " + Width.hex(profileId, 4);
  }

  /** One object. */
  public static ObjectNode json(StickEvent event) {
    ObjectNode out = JsonNodeFactory.instance.objectNode().put("event", "stick");
    if (event instanceof StickEvent.Started e) {
      out.put("state", "started").put("firmware", e.firmware());
      out.put("panId", Width.hex(e.network().panId(), 4));
      out.put("extendedPanId", e.network().extendedPanId().toString());
      out.put("channel", e.network().channel());
    } else if (event instanceof StickEvent.PortLost e) {
      out.put("state", "port-lost").put("reason", e.reason());
    } else if (event instanceof StickEvent.StartFailed e) {
      out.put("state", "start-failed").put("reason", e.reason());
    } else if (event instanceof StickEvent.StartRefused e) {
      out.put("state", "start-refused").put("reason", e.reason());
    } else if (event instanceof StickEvent.Restarted e) {
      out.put("state", "restarted").put("reason", String.valueOf(e.reason()));
    } else if (event instanceof StickEvent.DeviceSeen e) {
      out.put("state", "device-seen").put("device", e.address().toString());
      out.put("shortAddress", Width.hex(e.shortAddress(), 4));
    } else if (event instanceof StickEvent.DeviceLeft e) {
      out.put("state", "device-left").put("device", e.address().toString());
    } else if (event instanceof StickEvent.JoiningPermitted e) {
      out.put("state", "joining").put("seconds", e.seconds());
    } else if (event instanceof StickEvent.OtherProfile e) {
      out.put("state", "other-profile").put("device", e.address().toString());
      out.put("profileId", Width.hex(e.profileId(), 4));
    } else if (event instanceof StickEvent.Warning e) {
      out.put("state", "warning").put("reason", e.words());
    } else if (event instanceof StickEvent.Crowded e) {
      out.put("state", "crowded").put("device", e.address().toString());
      out.put("messages", e.messages());
    } else if (event instanceof StickEvent.Refused e) {
      out.put("state", "refused").put("request", e.request()).put("reason", e.reason());
    } else {
      out.put("state", "port-open");
    }
    return out;
  }
}
