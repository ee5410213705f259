// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Octets;

/** Whose certificates a device holds: service references 6.21 and 6.23. [DUIS schema] */
public sealed interface CredentialsRequest extends ServiceRequest {
  /**
   * 6.21: the DCC hands a device of its own over to a user.
   *
   * @param executionDateTime when
   * @param remotePartyRole which place among the device's certificates is replaced
   * @param floors the lowest counters from now on
   * @param certificates the new ones
   * @param applyTimeBasedCpvChecks whether the device checks their validity against its clock
   */
  record RequestHandoverOfDccControlledDevice(
      ExecutionDateTime executionDateTime,
      RemotePartyRole remotePartyRole,
      Floors floors,
      Certificates certificates,
      boolean applyTimeBasedCpvChecks)
      implements CredentialsRequest {
    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("6.21"));
    }
  }

  /**
   * 6.23: a device changes its supplier.
   *
   * @param executionDateTime when
   * @param supplierFloorSeqNumber the gaining supplier's lowest counter
   * @param prepaymentTopUpFloorSeqNumber the lowest counter of his top-ups
   * @param certificates the gaining supplier's
   * @param applyTimeBasedCpvChecks whether the device checks their validity against its clock
   * @param importMpxn number of the supply that changes
   */
  record UpdateSecurityCredentialsCos(
      ExecutionDateTime executionDateTime,
      long supplierFloorSeqNumber,
      Optional<Long> prepaymentTopUpFloorSeqNumber,
      Certificates certificates,
      boolean applyTimeBasedCpvChecks,
      String importMpxn)
      implements CredentialsRequest {
    public UpdateSecurityCredentialsCos {
      floor("SupplierFloorSeqNumber", supplierFloorSeqNumber);
      prepaymentTopUpFloorSeqNumber.ifPresent(
          value -> floor("SupplierPrepaymentTopUpFloorSeqNumber", value));
      IllegalField.text("ImportMPxN", importMpxn, 1, InventoryRequest.MPXN_MAX);
    }

    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("6.23"));
    }
  }

  /**
   * Lowest counters.
   *
   * @param remoteParty of commands
   * @param prepaymentTopUp of top-ups
   */
  record Floors(Optional<Long> remoteParty, Optional<Long> prepaymentTopUp) {
    public Floors {
      remoteParty.ifPresent(value -> floor("RemotePartyFloorSeqNumber", value));
      prepaymentTopUp.ifPresent(value -> floor("RemotePartyPrepaymentTopUpFloorSeqNumber", value));
    }
  }

  /**
   * Certificates in DER.
   *
   * @param digitalSigning for signatures
   * @param keyAgreement for message authentication codes
   * @param keyAgreementTopUp for top-ups
   * @param path those that lead from the trusted one to these
   */
  record Certificates(
      Octets digitalSigning,
      Optional<Octets> keyAgreement,
      Optional<Octets> keyAgreementTopUp,
      List<Octets> path) {
    private static final int PATH_MAX = 3;

    public Certificates {
      path = List.copyOf(path);
      IllegalField.range("certificates of the path", path.size(), 1, PATH_MAX);
    }
  }

  private static void floor(String field, long value) {
    IllegalField.range(field, value, 0, Long.MAX_VALUE);
  }
}
