// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of records that a machine keeps, each with the name by which a store outside of this
 * process knows it: a name stays what it is when a class is called something else.
 */
public final class RecordKinds {
  private final Map<String, Class<? extends Stored>> kinds;

  private RecordKinds(Map<String, Class<? extends Stored>> kinds) {
    this.kinds = kinds;
  }

  /** None yet. */
  public static RecordKinds none() {
    return new RecordKinds(Map.of());
  }

  /**
   * These and one more.
   *
   * @throws IllegalArgumentException if the name or the class is among them already
   */
  public RecordKinds and(String name, Class<? extends Stored> kind) {
    if (kinds.containsKey(name) || kinds.containsValue(kind)) {
      throw new IllegalArgumentException(
          "kind " + name + " of " + kind.getName() + ", allowed each name and class once");
    }
    Map<String, Class<? extends Stored>> more = new LinkedHashMap<>(kinds);
    more.put(name, kind);
    return new RecordKinds(more);
  }

  /** These and those. */
  public RecordKinds and(RecordKinds others) {
    RecordKinds all = this;
    for (Map.Entry<String, Class<? extends Stored>> each : others.kinds.entrySet()) {
      all = all.and(each.getKey(), each.getValue());
    }
    return all;
  }

  /** The kind with that name. */
  public Optional<Class<? extends Stored>> kind(String name) {
    return Optional.ofNullable(kinds.get(name));
  }

  /** Under which name a record is kept; empty if it is of none of these. */
  public Optional<String> name(Stored record) {
    return kinds.entrySet().stream()
        .filter(each -> each.getValue() == record.getClass())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Every kind by its name. */
  public Map<String, Class<? extends Stored>> all() {
    return Collections.unmodifiableMap(kinds);
  }
}
