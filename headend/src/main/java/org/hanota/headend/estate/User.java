// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.estate;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.headend.store.Stored;

/**
 * A user of the DCC.
 *
 * @param id his business id
 * @param roles what he may be to devices
 * @param isSuspended whether nothing of him is acted on
 * @param lastCounter the highest counter of his RequestIDs, unsigned; 0 before the first
 */
public record User(Eui64 id, Set<UserRole> roles, boolean isSuspended, long lastCounter)
    implements Stored {
  /** Keeps a copy of the roles. */
  public User {
    roles = Collections.unmodifiableSet(new TreeSet<>(roles));
  }

  /** A user of whom nothing came yet. */
  public static User of(Eui64 id, UserRole... roles) {
    return new User(id, Set.of(roles), false, 0);
  }

  /** The same, suspended or not. */
  public User suspended(boolean suspended) {
    return new User(id, roles, suspended, lastCounter);
  }

  /** The same after a request with that counter. */
  public User counted(long counter) {
    return Long.compareUnsigned(counter, lastCounter) > 0
        ? new User(id, roles, isSuspended, counter)
        : this;
  }

  @Override
  public String key() {
    return "user " + id;
  }
}
