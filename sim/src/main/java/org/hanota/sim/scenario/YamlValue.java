// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One value of a YAML text with its place, so that whatever is wrong is told with line and column.
 * A mapping knows which of its keys were asked for: the others are refused.
 */
public final class YamlValue {
  /** Twice what a scenario needs. */
  private static final int DEPTH_MAXIMUM = 16;

  private final String name;
  private final Node node;

  private YamlValue(String name, Node node) {
    this.name = name;
    this.node = node;
  }

  /** The one document of a text. */
  public static YamlValue read(String text) {
    LoadSettings settings = LoadSettings.builder().setLabel("scenario").setUseMarks(true).build();
    try {
      checkDepth(text, settings);
      Optional<Node> node = new Compose(settings).composeString(text);
      return new YamlValue(
          "scenario",
          node.orElseThrow(
              () -> new ScenarioFault("line 1, column 1: nothing, allowed a scenario")));
    } catch (MarkedYamlEngineException fault) {
      throw new ScenarioFault(place(fault.getProblemMark()) + ": no YAML: " + fault.getProblem());
    } catch (YamlEngineException fault) {
      throw new ScenarioFault("line 1, column 1: no YAML: " + fault.getMessage());
    }
  }

  /** The composer calls itself for each level; events come one by one, however deep they are. */
  private static void checkDepth(String text, LoadSettings settings) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      if (event instanceof CollectionStartEvent && ++depth > DEPTH_MAXIMUM) {
        throw new ScenarioFault(
            place(event.getStartMark()) + ": more than " + DEPTH_MAXIMUM + " levels");
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
  }

  private static String place(Optional<Mark> mark) {
    return mark.map(at -> "line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1))
        .orElse("line 1, column 1");
  }

  /** What is wrong with this value. */
  public ScenarioFault fault(String what) {
    return new ScenarioFault(place(node.getStartMark()) + ": " + name + " " + what);
  }

  /** This value as a mapping. */
  public Mapping mapping() {
    if (!(node instanceof MappingNode mapping)) {
      throw fault("is no mapping, allowed keys with values");
    }
    Map<String, YamlValue> values = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = new YamlValue("a key of " + name, tuple.getKeyNode()).text();
      if (values.put(key, new YamlValue(key, tuple.getValueNode())) != null) {
        throw new YamlValue(key, tuple.getKeyNode()).fault("is given twice, allowed once");
      }
    }
    return new Mapping(values, mapping);
  }

  /** The elements of this sequence. */
  public List<YamlValue> list() {
    if (!(node instanceof SequenceNode sequence)) {
      throw fault("is no list, allowed lines that begin with - or [..]");
    }
    List<YamlValue> elements = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      elements.add(new YamlValue("an element of " + name, element));
    }
    return elements;
  }

  /** This value as it is written. */
  public String text() {
    if (!(node instanceof ScalarNode scalar)) {
      throw fault("is no single value, allowed one");
    }
    return scalar.getValue();
  }

  /** This value in another form; what {@code form} refuses is told with the place. */
  public <T> T as(Function<String, T> form) {
    String text = text();
    try {
      return form.apply(text);
    } catch (IllegalArgumentException refused) {
      throw fault("is '" + text + "': " + refused.getMessage());
    }
  }

  /** Makes something of this value; what its constructor refuses is told with the place. */
  public <T> T made(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException refused) {
      throw fault("is not possible: " + refused.getMessage());
    }
  }

  /** A mapping whose keys are taken one by one. */
  public final class Mapping {
    private final Map<String, YamlValue> values;
    private final MappingNode mapping;
    private final TreeSet<String> known = new TreeSet<>();

    private Mapping(Map<String, YamlValue> values, MappingNode mapping) {
      this.values = values;
      this.mapping = mapping;
    }

    /** The value of a key that must be there. */
    public YamlValue get(String key) {
      return find(key)
          .orElseThrow(
              () ->
                  fault(
                      "has no '"
                          + key
                          + "', which must be there; it has "
                          + String.join(", ", values.keySet())));
    }

    /** The value of a key that may be there. */
    public Optional<YamlValue> find(String key) {
      known.add(key);
      return Optional.ofNullable(values.get(key));
    }

    /** The keys as they are written, each of which is known then: the names are data. */
    public List<String> names() {
      known.addAll(values.keySet());
      return List.copyOf(values.keySet());
    }

    /** Refuses keys that were never asked for. */
    public void end() {
      for (NodeTuple tuple : mapping.getValue()) {
        YamlValue key = new YamlValue("a key of " + name, tuple.getKeyNode());
        if (!known.contains(key.text())) {
          throw key.fault("is '" + key.text() + "', allowed " + String.join(", ", known));
        }
      }
    }
  }
}
