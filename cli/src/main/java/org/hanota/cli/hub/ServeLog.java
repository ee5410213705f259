// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.hanota.api.ParameterValues;
import org.hanota.api.control.HubStatus;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.cli.serial.StickText;
import org.hanota.hub.HubEvent;
import org.hanota.transport.grpc.HanEvent;
import org.hanota.transport.serial.stick.StickEvent;

/**
 * What a hub that serves tells: lines for people, or JSON objects with their time, one a line. Its
 * schema is {@code docs/schema/hub-serve.json}. Safe for calls from several threads.
 */
final class ServeLog {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final InstantSource clock;

  /** The last words of the stick: one that stays away is not named every few seconds. */
  private String stickWords = "";

  private String headEndWords = "";
  private boolean stopping;
  private final Refusals refusals;

  ServeLog(
      PrintWriter out,
      PrintWriter err,
      boolean json,
      InstantSource clock,
      LongSupplier nanos,
      ParameterValues<ServeParameter> parameters) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.clock = clock;
    this.refusals = new Refusals(parameters, nanos, this::refused);
  }

  private static ObjectNode event(String name) {
    return JsonNodeFactory.instance.objectNode().put("event", name);
  }

  private synchronized void line(String words, ObjectNode object) {
    if (json) {
      ObjectNode timed = event(object.get("event").asText());
      timed.put("time", clock.instant().toString());
      timed.setAll(object);
      out.println(timed);
    } else {
      out.println(words);
    }
    out.flush();
  }

  /** The hub serves; {@code how} says by which way it reaches its devices. */
  void serving(int images, String how) {
    line(
        "serving " + images + (images == 1 ? " image " : " images ") + how,
        event("serving").put("images", images).put("how", how));
  }

  /** An image came into the folder, or went out of it, while the hub served. */
  void changed(ImageFolder.Change change) {
    line(
        change.toString(),
        event(change.isServed() ? "image-served" : "image-withdrawn")
            .put("image", change.image().header().image().toString())
            .put("file", change.image().name()));
  }

  /** Where the hub is steered and watched, or devices connect. */
  void listening(InetSocketAddress address, boolean devices) {
    String host = address.getAddress().getHostAddress();
    String where = (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    line(
        (devices ? "devices and operators at " : "operators at ") + where,
        event("listening").put("address", where).put("devices", devices));
  }

  void page(int port) {
    String url = "http://localhost:" + port + "/";
    line("page on " + url, event("page").put("url", url));
  }

  /** The hub ends; said once. What the stick loses from now on is no news. */
  synchronized void stopping() {
    if (!stopping) {
      stopping = true;
      refusals.end();
      line("stopping", event("stopping"));
    }
  }

  /** The hub does not serve; {@code then} says what it does about that. */
  void outOfService(String why, String then) {
    line(
        "out of service: " + why + "; the hub " + then,
        event("out-of-service").put("reason", why).put("then", then));
  }

  /** The hub serves again. */
  void inService() {
    line("in service again", event("in-service"));
  }

  /** The head end came or went; why it stays away is said once for each reason. */
  synchronized void headEnd(HubStatus.HeadEnd headEnd) {
    String words = "head end " + ServeText.headEnd(headEnd);
    if (stopping || words.equals(headEndWords)) {
      return;
    }
    headEndWords = words;
    line(
        words,
        event("head-end")
            .put("address", headEnd.address())
            .put("connected", headEnd.connected())
            .put("reason", headEnd.reason()));
  }

  void update(UpdateEvent update) {
    if (json || !(update instanceof UpdateEvent.Transferring)) {
      line(EventText.of(update), EventJson.of(update, clock.instant()));
    }
  }

  /** A new device for which there is no place was refused. */
  void refused(HubEvent.DevicesFull full) {
    refused(
        new HanEvent.Refused(
            "the home",
            "device " + full.device(),
            "all " + full.devices() + " places for devices are taken"));
  }

  /** Somebody was refused; the same again and again is summed. */
  synchronized void refused(HanEvent.Refused refused) {
    refusals.happened(refused);
  }

  /** Refusals that were held are told some time after the last; called now and then. */
  synchronized void timePasses() {
    refusals.passed();
  }

  private void refused(HanEvent.Refused refused, long count) {
    ObjectNode object =
        event("refused")
            .put("who", refused.who())
            .put("remote", refused.remote())
            .put("reason", refused.reason());
    if (count > 1) {
      object.put("count", count);
    }
    line(Refusals.words(refused, count), object);
  }

  synchronized void stick(StickEvent event) {
    String words = StickText.of(event);
    if (stopping || event instanceof StickEvent.PortOpened || words.equals(stickWords)) {
      return;
    }
    stickWords = words;
    line(words, StickText.json(event));
  }

  /** Something that a user may mend. */
  synchronized void warn(String words) {
    if (json) {
      line(words, event("warning").put("says", words));
    } else {
      err.println("hanota: " + words);
    }
  }

  /** A fault of ours, which keeps its trace. */
  synchronized void fault(Throwable fault) {
    if (json) {
      line("", event("fault").put("says", fault.toString()));
    }
    err.println("hanota: a fault of the hub: " + fault);
    fault.printStackTrace(err);
  }
}
