// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

/** One of the ten commands of the OTA Upgrade cluster. [ZCL 11.13] */
public sealed interface OtaCommand extends ZclMessage
    permits ImageNotify,
        QueryNextImageRequest,
        QueryNextImageResponse,
        ImageBlockRequest,
        ImagePageRequest,
        ImageBlockResponse,
        UpgradeEndRequest,
        UpgradeEndResponse,
        QueryDeviceSpecificFileRequest,
        QueryDeviceSpecificFileResponse {
  @Override
  default int clusterId() {
    return Clusters.OTA_UPGRADE;
  }
}
