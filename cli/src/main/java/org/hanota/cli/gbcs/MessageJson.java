// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.gbcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.gbcs.Envelope;
import org.hanota.gbcs.Supplementary;
import org.hanota.gbcs.field.Coded;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.gbcs.payload.AlertCode;
import org.hanota.gbcs.payload.DeviceLogAlert;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.PpmidFirmwareActivationAlert;

/** A message as JSON; its schema is {@code docs/schema/gbcs-inspect.json}. */
final class MessageJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private MessageJson() {}

  static ObjectNode of(Inspected inspected) {
    Envelope envelope = inspected.envelope();
    ObjectNode node = NODES.objectNode();
    node.put("file", inspected.file());
    node.put("kind", inspected.kind());
    node.set("useCase", value(inspected.code().map(MessageCode::useCase)));
    node.put("messageCode", inspected.codeHex());
    node.put("originator", envelope.originator().toString());
    node.put("recipient", envelope.recipient().toString());
    node.set("originatorCounter", unsigned(envelope.originatorCounter()));
    node.set(
        "supplementary", envelope.supplementary().map(MessageJson::of).orElse(NODES.nullNode()));
    node.set("dateTime", value(envelope.dateTime().map(Object::toString)));
    node.set("payload", payload(inspected));
    node.put("signature", Inspected.word(inspected.verification().signature()));
    node.put("mac", Inspected.word(inspected.verification().mac()));
    return node;
  }

  private static JsonNode of(Supplementary supplementary) {
    ObjectNode node = NODES.objectNode();
    node.put("remoteParty", supplementary.remoteParty().toString());
    node.set("counter", unsigned(supplementary.counter()));
    return node;
  }

  private static JsonNode payload(Inspected inspected) {
    ObjectNode node = NODES.objectNode();
    if (inspected.message().isEmpty()) {
      node.put("type", "unknown");
      node.put("octets", inspected.envelope().payload().toHex());
      return node;
    }
    Object payload = inspected.message().get().payload();
    String name = payload.getClass().getSimpleName();
    node.put("type", Character.toLowerCase(name.charAt(0)) + name.substring(1));
    if (payload instanceof PpmidFirmwareActivationAlert alert) {
      node.put("alertCode", alert.alertCode().toString());
    } else if (payload instanceof DeviceLogAlert alert) {
      node.put("alertCode", alert.alertCode().toString());
    }
    return components(node, payload);
  }

  private static ObjectNode components(ObjectNode node, Object payload) {
    for (RecordComponent component : payload.getClass().getRecordComponents()) {
      try {
        node.set(component.getName(), value(component.getAccessor().invoke(payload)));
      } catch (ReflectiveOperationException e) {
        // The payloads are public records of exported packages.
        throw new LinkageError(component.getName(), e);
      }
    }
    return node;
  }

  private static JsonNode value(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? value(optional.get()) : NODES.nullNode();
    }
    if (value instanceof List<?> list) {
      ArrayNode array = NODES.arrayNode();
      list.forEach(element -> array.add(value(element)));
      return array;
    }
    if (value instanceof Integer || value instanceof Long) {
      return NODES.numberNode(((Number) value).longValue());
    }
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    return special(value);
  }

  private static JsonNode special(Object value) {
    if (value instanceof Activation activation) {
      return activation(activation);
    }
    if (value instanceof Octets octets) {
      return NODES.textNode(octets.toHex());
    }
    if (value instanceof GeneralizedTime time) {
      return NODES.textNode(Instant.ofEpochMilli(time.utcMillis()).toString());
    }
    if (value instanceof Coded coded && !(value instanceof AlertCode)) {
      return NODES.textNode(coded.officialName());
    }
    boolean nested =
        value instanceof Record && value.getClass().getPackageName().endsWith(".gbcs.payload");
    return nested ? components(NODES.objectNode(), value) : NODES.textNode(value.toString());
  }

  private static JsonNode activation(Activation activation) {
    if (activation instanceof Activation.At at) {
      return value(at.executionDateTime());
    }
    return NODES.textNode(activation instanceof Activation.Now ? "now" : "cancel");
  }

  private static JsonNode unsigned(long counter) {
    return NODES.numberNode(new BigInteger(Long.toUnsignedString(counter)));
  }
}
