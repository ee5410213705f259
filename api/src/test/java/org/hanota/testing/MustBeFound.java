// SPDX-License-Identifier: Apache-2.0
package org.hanota.testing;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.state.ActionChain;

/**
 * For a property with a planted fault: it must fail, and its sequence of actions must shrink to a
 * few. What was found is printed.
 */
public final class MustBeFound implements AroundPropertyHook {
  private static final int MOST_STEPS = 8;

  /** Made by jqwik. */
  public MustBeFound() {}

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    PropertyExecutionResult result = property.execute();
    if (result.status() != PropertyExecutionResult.Status.FAILED) {
      return result.mapToFailed("not found in " + result.countTries() + " sequences");
    }
    Optional<List<String>> steps = result.falsifiedParameters().map(MustBeFound::steps);
    if (steps.isEmpty() || steps.get().size() > MOST_STEPS) {
      return result.mapToFailed("allowed up to " + MOST_STEPS + " steps, found " + steps);
    }
    System.out.println(
        context.label()
            + ": sequence "
            + result.countTries()
            + ", "
            + steps.get().size()
            + " steps "
            + steps.get());
    return result.mapToSuccessful();
  }

  /** The actions of the first chain, which are known when it has run. */
  private static List<String> steps(List<Object> parameters) {
    for (Object parameter : parameters) {
      if (parameter instanceof ActionChain<?> chain) {
        try {
          chain.run();
        } catch (Throwable found) {
          // It is the fault, where the end of the property does not have to show it.
          return chain.transformations();
        }
        return chain.transformations();
      }
    }
    return List.of();
  }
}
